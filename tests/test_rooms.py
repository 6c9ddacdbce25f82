"""The walls between the rooms, read from the source: what each may import, and what none may do."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 450
DECLARATIONS = {"engine/model.py"}
"""A list of declarations, looked up and not read through; its length is no burden."""

PICKLES = {"pickle", "cPickle", "_pickle", "joblib", "shelve", "marshal", "dill", "cloudpickle"}
NETWORK = {"socket", "ssl", "http", "urllib", "requests", "httpx", "httpx2", "ftplib", "smtplib", "asyncio"}
SDKS = {"google", "requests", "httpx", "httpx2"}

MAY_IMPORT = {
    # The folder "." is the entry, streamlit_app.py.
    ".": {"views", "engine.errors", "llm", "streamlit", "starlette"},
    "engine": {"engine", "numpy", "pandas", "scipy", "sklearn", "numba", "duckdb", "pyarrow", "sqlglot"},
    "llm": {
        "llm",
        "engine.model",
        "engine.errors",
        "engine.record",
        "engine.numbers",
        "pydantic",
        "markdown_it",
    },
    "views": {"views", "engine", "llm", "data", "streamlit", "pandas", "numpy"},
    "data": {"data", "engine.model", "numpy", "pandas"},
}
MAY_ALSO_IMPORT = {
    "engine/record.py": {"pydantic"},
    "engine/sources.py": {"data"},
    "engine/reading/encoding.py": {"charset_normalizer"},
    "engine/reading/workbook.py": {"python_calamine"},
    "llm/word.py": {"docx"},
    "llm/stage.py": {"pptx", "lxml"},
    "views/charts.py": {"plotly"},
    "views/diagnosis_charts.py": {"plotly"},
    "views/resources.py": {"platformdirs"},
}
ONLY_MODEL = {"engine/model.py", "engine/errors.py"}
"""The nouns and the errors may import numpy and pandas and nothing else that is not Python's own."""
MAY_CONNECT = {"engine/database.py", "engine/reading/parse.py"}
"""Files that may open a DuckDB database: the workspace, and the child process that parses a user's file."""


def sources(*rooms: str) -> list[Path]:
    """Every Python file of the rooms; "." means the entry alone."""
    found = [] if "." not in rooms else sorted(ROOT.glob("streamlit_app.py"))
    for room in rooms:
        if room != ".":
            found += sorted((ROOT / room).rglob("*.py"))
    return found


@cache
def parsed(text: str) -> ast.Module:
    """The tree of a file's text, which several tests read and none changes."""
    return ast.parse(text)


def inside(room: str, path: str) -> bool:
    return path == "streamlit_app.py" if room == "." else path.startswith(f"{room}/")


def imported(tree: ast.Module, path: str) -> Iterator[tuple[str, ast.AST]]:
    """Every module that is imported anywhere, by its full dotted name, `import_module("x")` included.

    `from engine import kmeans` counts as engine.kmeans, since either may be a wall.
    """
    package = path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) - node.level + 1]] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield f"{module}.{alias.name}", node
        elif isinstance(node, ast.Call) and called(node) in ("import_module", "__import__") and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, node


def called(node: ast.Call) -> str:
    """The name of what is called, without what stands before its last dot."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def is_within(name: str, allowed: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


def wrong_imports(text: str, path: str) -> list[str]:
    """What the file imports and its room may not, with line numbers."""
    tree = parsed(text)
    room = next((room for room in MAY_IMPORT if inside(room, path)), None)
    allowed = (MAY_IMPORT.get(room or "", set()) if path not in ONLY_MODEL else {"numpy", "pandas"}) | (
        MAY_ALSO_IMPORT.get(path, set())
    )
    adapter = path.startswith("llm/gemini")
    functions = [node for node in ast.walk(tree) if is_function(node)] if adapter else []
    deferred = {id(inner) for outer in functions for inner in ast.walk(outer)}
    wrong = []
    for name, node in imported(tree, path):
        top = name.split(".")[0]
        if top in PICKLES:
            wrong.append(f"{path}:{node.lineno} imports {top}: models are numbers, never pickles")
        elif room is None:
            continue
        elif adapter and top in SDKS:
            if id(node) not in deferred:
                wrong.append(
                    f"{path}:{node.lineno} imports {name} at the top: import SDKs where they are used"
                )
        elif top in NETWORK and not adapter:
            wrong.append(f"{path}:{node.lineno} imports {name}: only llm/gemini*.py may reach the network")
        elif top not in sys.stdlib_module_names and not is_within(name, allowed):
            wrong.append(f"{path}:{node.lineno} imports {name}, which this room may not")
    return wrong


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def forbidden(text: str, path: str) -> list[str]:
    """Calls and names that are banned in the file, with line numbers."""
    wrong = []
    for node in ast.walk(parsed(text)):
        place = f"{path}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call):
            wrong += [f"{place} {problem}" for problem in wrong_call(node, path)]
        elif isinstance(node, ast.Attribute) and node.attr in ("session_state", "query_params"):
            if path != "views/state.py":
                wrong.append(f"{place} names st.{node.attr}: only views/state.py does")
        elif isinstance(node, ast.ImportFrom) and node.module == "streamlit":
            wrong.append(f"{place} takes names out of streamlit: write `import streamlit as st`")
        elif is_function(node) and cached(node) and takes_a_table(node):
            wrong.append(f"{place} caches by a table: st.cache_data hashes a sample of it; use a content id")
    return wrong


def wrong_call(node: ast.Call, path: str) -> Iterator[str]:
    name = called(node)
    if isinstance(node.func, ast.Name) and name in ("eval", "exec", "compile", "__import__"):
        yield f"calls {name}()"
    if name in ("read_pickle", "to_pickle"):
        yield f"calls {name}()"
    if name in ("load", "save", "savez") and any(
        one.arg == "allow_pickle" and not is_false(one.value) for one in node.keywords
    ):
        yield "allows pickles"
    for keyword in node.keywords:
        if keyword.arg in ("unsafe_allow_html", "unsafe_allow_javascript") and not is_false(keyword.value):
            yield f"passes {keyword.arg}"
        if keyword.arg == "shell" and not is_false(keyword.value):
            yield "runs a shell"
    if name == "connect" and is_named(node.func, "duckdb") and path not in MAY_CONNECT:
        yield "opens a database of its own: take a cursor"
    if name in ("execute", "executemany", "sql") and node.args:
        if path.startswith(("views/", "llm/")):
            yield "runs SQL outside engine/"
        yield from (
            f"writes `{part}` into SQL: quote names with engine.sql and bind values" for part in raw(node)
        )


def raw(node: ast.Call) -> Iterator[str]:
    """What an f-string in the first argument interpolates from a value's insides, not through a call.

    `{quoted(column.field)}` and `{where}`, made by functions for this purpose, pass; `{column.name}` and
    `{row["x"]}` do not.
    """
    for part in ast.walk(node.args[0]):
        if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Attribute | ast.Subscript):
            yield ast.unparse(part.value)


def is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def is_named(node: ast.expr, module: str) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == module


def cached(node: ast.FunctionDef) -> bool:
    return any("cache_data" in ast.unparse(decorator) for decorator in node.decorator_list)


def takes_a_table(node: ast.FunctionDef) -> bool:
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return any("DataFrame" in ast.unparse(one.annotation) for one in arguments if one.annotation)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_each_room_imports_only_what_it_may() -> None:
    wrong = [
        problem
        for path in sources(".", "engine", "llm", "views", "data", "bench")
        for problem in wrong_imports(path.read_text(encoding="utf-8"), relative(path))
    ]
    assert wrong == []


def test_nothing_banned_is_done_anywhere() -> None:
    wrong = [
        problem
        for path in sources(".", "engine", "llm", "views", "data")
        for problem in forbidden(path.read_text(encoding="utf-8"), relative(path))
    ]
    assert wrong == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        relative(path)
        for path in sources(".", "engine", "llm", "views", "data", "bench")
        if not ast.get_docstring(parsed(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {
        relative(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources("engine", "llm", "views")
        if relative(path) not in DECLARATIONS
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_page_hides_a_package() -> None:
    """Streamlit puts views/ first on the path: a views/data.py would be found instead of the room data/."""
    files = sources(".", "engine", "llm", "views", "data")
    packages = {
        name.split(".")[0]
        for path in files
        for name, _ in imported(parsed(path.read_text(encoding="utf-8")), relative(path))
    }
    pages = {path.stem for path in (ROOT / "views").glob("*.py")} - {"__init__"}
    assert pages & (packages | set(MAY_IMPORT) | set(sys.stdlib_module_names)) == set()


def test_the_lists_above_name_files_that_exist() -> None:
    named = {*MAY_ALSO_IMPORT, *MAY_CONNECT, *ONLY_MODEL, *DECLARATIONS}
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("engine/kmeans.py", "import streamlit as st"),
        ("engine/kmeans.py", "def f():\n    import plotly.express"),
        ("engine/kmeans.py", "from llm.facts import facts"),
        ("engine/kmeans.py", "from llm import facts"),
        ("engine/kmeans.py", "import pydantic"),
        ("engine/kmeans.py", "from importlib import import_module\nimport_module('streamlit')"),
        ("engine/kmeans.py", "import urllib.request"),
        ("engine/model.py", "import duckdb"),
        ("llm/facts.py", "from engine.workspace import Workspace"),
        ("llm/facts.py", "from engine import workspace"),
        ("llm/facts.py", "import engine"),
        ("llm/facts.py", "from ..engine.workspace import Workspace"),
        ("llm/facts.py", "import numpy"),
        ("llm/write.py", "import urllib.request"),
        ("llm/gemini.py", "from google import genai"),
        ("views/data.py", "import plotly.express as px"),
        ("views/data.py", "import duckdb"),
        ("data/demo.py", "from engine.workspace import Workspace"),
        ("streamlit_app.py", "import duckdb"),
        ("bench/silhouette.py", "import joblib"),
        ("views/data.py", "import pickle"),
    ],
)
def test_a_forbidden_import_is_found(path: str, text: str) -> None:
    assert len(wrong_imports(text, path)) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("engine/kmeans.py", "import numpy as np\nfrom engine.errors import Cancelled\nimport math"),
        ("engine/record.py", "from pydantic import TypeAdapter"),
        ("llm/facts.py", "from engine.model import Fact\nfrom engine import errors\nfrom . import lexicon"),
        ("llm/gemini.py", "def f():\n    from google import genai"),
        ("views/charts.py", "import plotly.graph_objects as go"),
    ],
)
def test_an_allowed_import_passes(path: str, text: str) -> None:
    assert wrong_imports(text, path) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("views/data.py", "st.session_state['x'] = 1"),
        ("views/data.py", "st.query_params.clear()"),
        ("views/data.py", "from streamlit import session_state"),
        ("views/data.py", "st.markdown(text, unsafe_allow_html=True)"),
        ("views/data.py", "st.markdown(text, unsafe_allow_html=switch)"),
        ("views/data.py", "cursor.execute('SELECT 1')"),
        ("views/data.py", "@st.cache_data(max_entries=2)\ndef f(table: pd.DataFrame):\n    return table"),
        ("engine/rules.py", "eval(text)"),
        ("engine/rules.py", "exec(text)"),
        ("engine/rules.py", "pd.read_pickle(path)"),
        ("engine/rules.py", "np.load(path, allow_pickle=True)"),
        ("engine/rules.py", "duckdb.connect(path)"),
        ("engine/rules.py", "cursor.execute(f'SELECT {column.name} FROM t')"),
        ("engine/rules.py", "cursor.execute('SELECT 1 ' + f'FROM {row[0]}')"),
        ("engine/load.py", "subprocess.run(text, shell=True)"),
    ],
)
def test_a_banned_act_is_found(path: str, text: str) -> None:
    assert len(forbidden(text, path)) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("views/state.py", "st.session_state['x'] = 1"),
        ("views/data.py", "st.markdown(text, unsafe_allow_html=False)"),
        ("engine/rules.py", "re.compile(text)"),
        (
            "engine/rules.py",
            "cursor.execute(f'SELECT {quoted(column.field)} FROM {data_table(key)} WHERE {where}')",
        ),
        ("engine/database.py", "duckdb.connect(path)"),
    ],
)
def test_a_permitted_act_passes(path: str, text: str) -> None:
    assert forbidden(text, path) == []
