from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from local.stack.package import notifier_package, zipped


def a_tree(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"# {name}\n", encoding="utf-8")
    return folder


def names_in(archive: bytes) -> list[str]:
    with ZipFile(BytesIO(archive)) as file:
        return file.namelist()


def test_the_function_finds_itself_and_what_it_shares() -> None:
    names = names_in(notifier_package())

    assert {"notifier/function.py", "callscribe/contracts/__init__.py"} <= set(names)


def test_the_same_sources_are_the_same_bytes_wherever_they_lie(tmp_path: Path) -> None:
    here = a_tree(tmp_path / "here", "notifier/b.py", "notifier/a.py")
    there = a_tree(tmp_path / "there", "notifier/a.py", "notifier/b.py")

    assert zipped([here]) == zipped([there])


def test_packages_of_several_trees_lie_side_by_side(tmp_path: Path) -> None:
    one = a_tree(tmp_path / "one", "notifier/__init__.py")
    other = a_tree(tmp_path / "other", "callscribe/__init__.py")

    assert names_in(zipped([one, other])) == ["callscribe/__init__.py", "notifier/__init__.py"]


def test_what_python_compiled_stays_out(tmp_path: Path) -> None:
    tree = a_tree(tmp_path, "notifier/a.py", "notifier/__pycache__/a.cpython-313.pyc")

    assert names_in(zipped([tree])) == ["notifier/a.py"]


def test_lambda_may_read_the_files(tmp_path: Path) -> None:
    tree = a_tree(tmp_path, "notifier/a.py")

    with ZipFile(BytesIO(zipped([tree]))) as file:
        [entry] = file.infolist()

    assert oct(entry.external_attr >> 16) == "0o644"
