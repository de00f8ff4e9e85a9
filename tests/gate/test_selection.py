"""Which articles are looked at: in real git repositories, and from lists of files."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from aligner.gate.changes import changed
from aligner.gate.selection import listed
from aligner.model import InputError
from tests.gate.repository import commit_all, git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / "articles").mkdir(parents=True)
    for name in ("kept", "edited", "renamed", "removed", "moved and edited"):
        (folder / "articles" / f"{name}.txt").write_text(f"The story called {name}.\n" * 9, encoding="utf-8")
    (folder / ".gitignore").write_text("ignored.txt\n", encoding="utf-8")
    commit_all(folder)
    return folder


def names(folder: Path, since: str, path: str = "articles") -> set[str]:
    found = changed(since, [str(folder / path)])
    return {os.path.relpath(file, folder) for file in found.files}


def change(folder: Path) -> None:
    articles = folder / "articles"
    (articles / "edited.txt").write_text("Another story.\n", encoding="utf-8")
    git(folder, "mv", "articles/renamed.txt", "articles/new name.txt")
    git(folder, "mv", "articles/moved and edited.txt", "articles/élan.txt")
    with (articles / "élan.txt").open("a", encoding="utf-8") as file:
        file.write("One more sentence.\n")
    (articles / "removed.txt").unlink()
    (articles / "added.txt").write_text("A story.\n", encoding="utf-8")
    (articles / "ignored.txt").write_text("A draft.\n", encoding="utf-8")


IGNORED = "articles/ignored.txt"
"""Git does not look at it, so that nobody knows whether it is as it was."""
CHANGED = {IGNORED, *(f"articles/{name}.txt" for name in ("edited", "new name", "élan", "added"))}


def test_what_changed_in_the_working_tree_in_the_index_or_in_a_commit(repository: Path) -> None:
    assert names(repository, "HEAD") == set()
    change(repository)
    assert names(repository, "HEAD") == CHANGED
    git(repository, "add", "--all")
    assert names(repository, "HEAD") == CHANGED
    commit_all(repository)
    assert names(repository, "HEAD") == {IGNORED}
    assert names(repository, "HEAD~1") == CHANGED


@pytest.mark.parametrize(
    ("gone", "to", "alone"),
    [
        ("articles/kept.txt", None, True),
        ("articles/kept.txt", "articles/other.txt", False),
        ("articles/kept.txt", "elsewhere.txt", True),
        ("articles/picture.png", None, False),
        ("articles/left out.txt", None, False),
        ("articles/.drafts/note.txt", None, False),
        ("outside.txt", None, False),
    ],
)
def test_a_deleted_article_selects_those_that_are_alone(
    gone: str, to: str | None, alone: bool, repository: Path
) -> None:
    for name in ("articles/picture.png", "articles/left out.txt", "articles/.drafts/note.txt", "outside.txt"):
        (repository / name).parent.mkdir(exist_ok=True)
        (repository / name).write_text("A story.\n", encoding="utf-8")
    commit_all(repository)
    paths, ignore = [str(repository / "articles")], ["left out.txt"]
    assert not changed("HEAD", paths, ignore).unpaired
    if to:
        (repository / gone).rename(repository / to)
    else:
        (repository / gone).unlink()
    git(repository, "add", "--all")
    assert changed("HEAD", paths, ignore).unpaired == alone
    commit_all(repository)
    assert not changed("HEAD", paths, ignore).unpaired
    assert changed("HEAD~1", paths, ignore).unpaired == alone


def test_what_changed_on_the_other_branch_meanwhile_is_left_out(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "topic")
    (repository / "articles" / "added.txt").write_text("A story.\n", encoding="utf-8")
    commit_all(repository)
    git(repository, "checkout", "--quiet", "main")
    (repository / "articles" / "kept.txt").write_text("Changed on main.\n", encoding="utf-8")
    commit_all(repository)
    git(repository, "checkout", "--quiet", "topic")
    assert names(repository, "main") == {"articles/added.txt"}


def test_a_revision_without_common_history_is_compared_with_itself(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "island")
    (repository / "articles" / "added.txt").write_text("A story.\n", encoding="utf-8")
    commit_all(repository)
    assert names(repository, "main") == {"articles/added.txt"}


def test_a_file_and_a_folder_reached_through_a_link(repository: Path, tmp_path: Path) -> None:
    change(repository)
    (tmp_path / "link").symlink_to(repository / "articles", target_is_directory=True)
    found = changed("HEAD", [str(tmp_path / "link" / "edited.txt")])
    assert found.holds(str(tmp_path / "link" / "edited.txt"))
    assert not found.holds(str(tmp_path / "link" / "kept.txt"))


def test_inside_a_git_hook(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(repository)
    monkeypatch.setenv("GIT_DIR", ".git")  # as git sets it for its hooks, meant for the top folder
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert names(repository, "HEAD") == CHANGED


@pytest.mark.parametrize("since", ["no-such-branch", "--output=/tmp/x", "", "HEAD:articles"])
def test_a_revision_that_does_not_exist(repository: Path, since: str) -> None:
    with pytest.raises(InputError, match=r"no such revision in .*repository"):
        changed(since, [str(repository / "articles")])


def test_outside_any_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError, match="is in no git repository"):
        changed("HEAD", [str(tmp_path)])


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", "git")

    monkeypatch.setattr(subprocess, "run", lose)
    with pytest.raises(InputError, match="needs git"):
        changed("HEAD", [str(repository)])


def test_a_list_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a b.jsonl").touch()
    found = listed(b"./a b.jsonl\r\n\n  \n")
    assert found.holds(f"{tmp_path}/a b.jsonl")
    assert not found.holds(f"{tmp_path}/a b.jsonl#17")  # a row is asked for by its file
    assert not found.holds("gone.txt")
    assert (found.name, listed(b"").files) == ("files", frozenset())
    with pytest.raises(InputError, match=r"no such file or folder: 'gone\.txt'"):
        listed(b"a b.jsonl\ngone.txt")
