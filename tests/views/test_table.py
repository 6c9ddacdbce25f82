"""The Data page: roles, key, filters, words, and what stands between a choice and a diagnosis."""

import pandas as pd
import pytest
from streamlit.testing.v1.element_tree import Button

from engine.intake import adopt, proposed_spec
from engine.model import ROW_NUMBER, FeatureSpec, Filter
from tests.views.conftest import Start
from tests.views.driving import App, grid
from tests.views.seeds import NAME
from views import diagnosing

ROLES = ("Cluster on", "Describe with", "Ignore")


@pytest.fixture
def table(start: Start) -> App:
    return start("table").open("table")


def roles_key(app: App) -> str:
    return next(item.key for item in app.at.dataframe if item.key and item.key.startswith("roles"))


def set_role(app: App, column: str, role: str) -> App:
    names = list(grid(app.at, "Role")["Column"])
    return app.edit(roles_key(app), names.index(column), "Role", role)


def diagnose(app: App) -> Button:
    return app.at.button(key="diagnose")


def open_frame(app: App, frame: pd.DataFrame) -> App:
    adopt(app.store, frame, name="Odd", source="a test", dictionary={})
    return app.open("table")


def test_without_a_table_the_page_says_so_and_leads_to_the_start(app: App) -> None:
    app.open("table")
    assert "No table is open." in app.words
    assert app.keys == ["empty"]
    app.click("empty")
    assert app.title.startswith("From a table of accounts")


def test_a_table_that_is_gone_is_named_and_the_start_is_offered(app: App) -> None:
    app.at.query_params["dataset"] = "0123456789abcdef"
    app.go("table")
    assert "No dataset `0123456789abcdef`" in app.at.warning[0].value
    assert app.keys == ["empty"]
    assert "dataset" not in app.at.query_params


def test_the_headline_counts_accounts_columns_and_roles(table: App) -> None:
    spec = proposed_spec(table.store.dataset(table.dataset))
    assert table.title == (
        f"330 accounts, 7 columns: {len(spec.cluster)} to cluster on, "
        f"{len(spec.describe)} to describe with, 1 key"
    )
    assert "Nothing is missing in the columns in use." in table.words
    assert "The first 200 of 330 accounts, 7 columns: scroll sideways" in table.words
    assert "330 accounts" in diagnose(table).label
    assert not diagnose(table).disabled
    assert table.errors == []
    assert NAME in table.words


def test_a_role_edited_in_the_grid_persists_and_changes_the_headline(table: App) -> None:
    before = proposed_spec(table.store.dataset(table.dataset))
    assert "region" in before.describe
    set_role(table, "region", "Cluster on")
    spec = table.store.spec(table.dataset)
    assert "region" in spec.cluster and "region" not in spec.describe
    assert f"{len(before.cluster) + 1} to cluster on" in table.title
    table.open("table")
    assert f"{len(before.cluster) + 1} to cluster on" in table.title
    roles = dict(zip(grid(table.at, "Role")["Column"], grid(table.at, "Role")["Role"], strict=True))
    assert roles["region"] == "Cluster on"


def test_the_grid_offers_three_roles_with_a_reason_and_never_the_key(table: App) -> None:
    shown = grid(table.at, "Role")
    assert "account_id" not in set(shown["Column"])
    assert set(shown["Role"]) <= set(ROLES)
    assert all(len(reason) > 5 for reason in shown["Why"])


def test_no_column_to_cluster_on_is_said_and_turns_the_button_off(table: App) -> None:
    names = list(grid(table.at, "Role")["Column"])
    table.at.session_state[roles_key(table)] = {
        "edited_rows": {row: {"Role": "Ignore"} for row in range(len(names))},
        "added_rows": [],
        "deleted_rows": [],
    }
    table.run()
    assert "None has the role “Cluster on”" in table.errors[0]
    assert diagnose(table).disabled
    assert "0 to cluster on" in table.title


@pytest.mark.parametrize(
    ("column", "sentence"),
    [("remark", "is text with"), ("same", "has one value only"), ("nothing", "has no values")],
)
def test_a_column_that_cannot_separate_is_named_when_it_is_clustered_on(
    app: App, column: str, sentence: str
) -> None:
    open_frame(
        app,
        pd.DataFrame(
            {
                "spend": [float(n * 7 % 31) for n in range(40)],
                "remark": [f"A long remark number {n % 37} " + "about this account " * 4 for n in range(40)],
                "same": ["one"] * 40,
                "nothing": pd.Series([None] * 40, dtype="str"),
            }
        ),
    )
    assert app.errors == []
    set_role(app, column, "Cluster on")
    assert app.errors[0].startswith(f"`{column}` {sentence}")
    assert diagnose(app).disabled
    set_role(app, column, "Ignore")
    assert app.errors == []
    assert not diagnose(app).disabled


def test_a_key_with_repeats_is_refused_with_an_example_and_the_row_number_mends_it(table: App) -> None:
    key = f"key {table.dataset}"
    table.fill("selectbox", key, "region")
    assert "`region` must be different on every row. 3 values stand on more than one row" in table.errors[0]
    assert diagnose(table).disabled
    assert "region" not in set(grid(table.at, "Role")["Column"])
    table.fill("selectbox", key, ROW_NUMBER)
    assert table.errors == []
    assert "no key" in table.title
    assert table.store.spec(table.dataset).key == ROW_NUMBER


def test_a_number_filter_is_added_counted_kept_and_removed(table: App) -> None:
    scripts = table.store.dataset(table.dataset).column("scripts")
    table.fill("selectbox", "filter column 0", "scripts")
    table.at.number_input(key=f"from {scripts.field}").set_value(90.0)
    table.run().click("add filter")
    assert table.store.spec(table.dataset).filters == (
        Filter("scripts", "between", (90.0, pytest.approx(scripts.maximum))),
    )
    assert "Filters keep 70 accounts." in table.words
    assert "70 accounts" in diagnose(table).label
    table.open("table")
    assert "70 accounts" in diagnose(table).label
    table.click("remove filter 0")
    assert table.store.spec(table.dataset).filters == ()
    assert "330 accounts" in diagnose(table).label


def test_a_value_filter_keeps_the_chosen_values(table: App) -> None:
    region = table.store.dataset(table.dataset).column("region")
    table.fill("selectbox", "filter column 0", "region")
    assert table.at.button(key="add filter").disabled
    table.fill("multiselect", f"values {region.field}", ["West"]).click("add filter")
    kept = dict(region.top)["West"]
    assert f"{kept} accounts" in diagnose(table).label


def test_an_upside_down_range_is_not_a_filter(table: App) -> None:
    field = table.store.dataset(table.dataset).column("scripts").field
    table.fill("selectbox", "filter column 0", "scripts").fill("number_input", f"from {field}", 1000.0)
    assert "“From” is larger than “To”." in table.words
    assert table.at.button(key="add filter").disabled


def test_a_filter_that_leaves_too_few_accounts_is_said(table: App) -> None:
    field = table.store.dataset(table.dataset).column("scripts").field
    table.fill("selectbox", "filter column 0", "scripts")
    table.at.number_input(key=f"from {field}").set_value(-5.0)
    table.at.number_input(key=f"to {field}").set_value(-1.0)
    table.run().click("add filter")
    assert "at least 3 accounts. The filters keep 0." in table.errors[0]
    assert diagnose(table).disabled


def test_words_edited_in_the_grid_become_the_columns_meaning(table: App) -> None:
    words = f"words {table.dataset}"
    names = list(grid(table.at, "Label")["Column"])
    table.edit(words, names.index("visits"), "Label", "  Calls by reps ")
    table.open("table").edit(words, names.index("visits"), "More is", "worse")
    meaning = table.store.dataset(table.dataset).column("visits").meaning
    assert (meaning.label, meaning.polarity) == ("Calls by reps", -1)


def test_other_words_for_a_column_are_taken_apart_at_the_commas(table: App) -> None:
    names = list(grid(table.at, "Label")["Column"])
    table.edit(
        f"words {table.dataset}", names.index("visits"), "Also called", " calls,field  visits,, calls "
    )
    assert table.store.dataset(table.dataset).column("visits").meaning.aliases == ("calls", "field visits")


def test_an_older_tab_does_not_lay_its_edits_over_a_newer_tabs(table: App) -> None:
    words = f"words {table.dataset}"
    row = list(grid(table.at, "Label")["Column"]).index("visits")
    table.edit(words, row, "Label", "From the first tab")
    older = table.at
    table.new_session().open("table").edit(words, row, "Label", "From the second tab")
    table.at = older
    table.run()
    assert table.store.dataset(table.dataset).column("visits").meaning.label == "From the second tab"


def test_an_emptied_label_falls_back_to_the_header(table: App) -> None:
    names = list(grid(table.at, "Label")["Column"])
    table.edit(f"words {table.dataset}", names.index("visits"), "Label", "   ")
    assert table.store.dataset(table.dataset).column("visits").meaning.label == "visits"


def test_the_way_the_file_was_read_is_told(table: App) -> None:
    assert "Source: a test." in table.words
    assert "Every value was taken as it stood." in table.words


def test_another_table_of_the_workspace_can_be_opened(table: App) -> None:
    other = adopt(
        table.store, pd.DataFrame({"x": [1.5, 2.5, 9.5]}), name="Other", source="a test", dictionary={}
    )
    table.at.query_params["dataset"] = next(item.id for item in table.store.datasets() if item.id != other.id)
    table.run().fill("selectbox", "another table", other.id)
    assert table.title.startswith("3 accounts, 1 column")
    assert table.at.query_params["dataset"] == other.id


def test_diagnose_keeps_the_choice_and_lands_on_the_diagnosis(
    table: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[FeatureSpec] = []
    monkeypatch.setattr(diagnosing, "start", started.append)
    set_role(table, "member", "Ignore").click("diagnose")
    assert table.title == "How many segments do these accounts bear?"
    assert started == [table.store.spec(table.dataset)]
    assert "member" not in (*started[0].cluster, *started[0].describe)


def test_a_table_of_one_account_is_told_that_it_is_too_short(app: App) -> None:
    one = open_frame(app, pd.DataFrame({"id": ["a"], "spend": [3.0]}))
    assert one.title.startswith("1 account, 2 columns")
    assert "at least 3 accounts. This table has 1." in one.errors[0]
    assert diagnose(one).disabled


def lines() -> pd.DataFrame:
    """Three lines for each of 40 customers, whose number is in the file and no key."""
    return pd.DataFrame(
        {
            "customer_id": [f"C{n // 3:03d}" for n in range(120)],
            "drug": [("a", "b", "c")[n % 3] for n in range(120)],
            "claims": [n * 7 % 61 for n in range(120)],
        }
    )


def test_a_key_that_another_tab_chose_is_kept(table: App) -> None:
    older = table.at
    table.new_session().open("table").fill("selectbox", f"key {table.dataset}", ROW_NUMBER)
    table.at = older
    table.run()
    assert table.store.spec(table.dataset).key == ROW_NUMBER
    assert table.at.selectbox(key=f"key {table.dataset}").value == ROW_NUMBER
    table.go("library").go("table")
    assert table.store.spec(table.dataset).key == ROW_NUMBER


def test_an_account_number_that_repeats_is_said_before_the_next_step_and_rows_are_no_accounts(
    app: App,
) -> None:
    open_frame(app, lines())
    assert app.title.startswith("120 rows, 3 columns: ") and app.title.endswith("no key")
    assert app.errors == [
        "One row per account is expected: `customer_id` must be different on every row. 40 values stand on more "
        "than one row, most often C000, on 3. In all, 120 rows name 40 accounts. Add the rows up to one per account "
        "in the program the table comes from and open that, choose another key, or count each row as an account."
    ]
    assert diagnose(app).label == "Diagnose 120 rows" and diagnose(app).disabled
    assert "120 accounts" not in app.words
    assert "drop duplicates" not in app.keys


def test_rows_are_counted_as_accounts_only_on_purpose_and_it_stays_in_sight(app: App) -> None:
    open_frame(app, lines()).click("count rows")
    assert app.store.spec(app.dataset).key == ROW_NUMBER
    assert app.errors == [] and not diagnose(app).disabled
    assert diagnose(app).label == "Diagnose 120 rows"
    assert str(app.at.warning[0].value).startswith(
        "Each row counts as one account here, though `customer_id` looks like the account number. 40 values stand"
    )
    app.click("use as key")
    assert app.store.spec(app.dataset).key == "customer_id"
    assert diagnose(app).disabled


def test_a_number_of_orders_chosen_as_the_key_makes_no_accounts_of_them(app: App) -> None:
    open_frame(app, lines().assign(order_id=range(501, 621)))
    assert "`customer_id` must be different on every row." in app.errors[0] and diagnose(app).disabled
    app.fill("selectbox", f"key {app.dataset}", "order_id")
    assert app.errors == [] and app.title.startswith("120 rows, ") and app.title.endswith("1 key")
    assert diagnose(app).label == "Diagnose 120 rows" and not diagnose(app).disabled
    assert "though `customer_id` looks like the account number." in str(app.at.warning[0].value)


def test_a_filter_that_leaves_one_row_per_account_mends_the_key(app: App) -> None:
    open_frame(app, lines())
    field = app.store.dataset(app.dataset).column("drug").field
    app.fill("selectbox", "filter column 0", "drug").fill("multiselect", f"values {field}", ["a"]).click(
        "add filter"
    )
    assert app.errors == []
    assert diagnose(app).label == "Diagnose 40 accounts" and not diagnose(app).disabled


def test_exact_duplicate_rows_are_dropped_with_one_click_and_taken_in_again_with_another(app: App) -> None:
    once = pd.DataFrame({"npi": range(1_000, 1_060), "spend": [n * 7 % 31 for n in range(60)]})
    open_frame(app, pd.concat([once, once.head(9)], ignore_index=True))
    assert "9 rows repeat another in every column; without them no account repeats." in app.errors[0]
    assert app.at.button(key="drop duplicates").label == "Drop 9 exact duplicate rows"
    app.click("drop duplicates")
    spec = app.store.spec(app.dataset)
    assert (spec.key, spec.identical_rows) == ("npi", "once")
    assert app.title.startswith("60 accounts, 2 columns: ") and app.title.endswith("1 key")
    assert "9 exact duplicate rows are left out." in app.words
    assert app.errors == [] and diagnose(app).label == "Diagnose 60 accounts"
    app.click("Take them in again")
    assert app.store.spec(app.dataset).identical_rows == "all"
    assert diagnose(app).disabled


def claims() -> pd.DataFrame:
    """Counts of 11 and more or 0: of one column a twelfth, of the other half; costs that follow the second."""
    few = [0 if n % 12 == 0 else 11 + n * 7 % 83 for n in range(120)]
    half = [0 if n % 2 else 11 + n * 11 % 97 for n in range(120)]
    return pd.DataFrame(
        {
            "account_id": [f"A{n:03d}" for n in range(120)],
            "few": few,
            "half": half,
            "half_cost": [0.0 if value == 0 else value * 3.5 + n % 7 for n, value in enumerate(half)],
            "visits": [n * 13 % 29 for n in range(120)],
        }
    )


def test_zeros_that_may_be_withheld_counts_are_treated_as_missing_with_one_click(app: App) -> None:
    open_frame(app, claims())
    assert "Do zeros stand for withheld counts of 1 to 10 there?" in app.words
    assert "`half_cost` is 0 on the same rows, or nearly." in app.words
    asked = proposed_spec(app.store.dataset(app.dataset))
    app.click("zeros missing")
    spec = app.store.spec(app.dataset)
    assert set(spec.zeros) == {("few", "missing"), ("half", "missing"), ("half_cost", "missing")}
    assert "few" in spec.cluster and "half" in spec.describe
    shown = grid(app.at, "Role").set_index("Column")
    assert shown.loc["few", "Missing"] == "8.3%" and shown.loc["half", "Missing"] == "50%"
    assert shown.loc["half", "Why"] == "50% missing without its zeros: too many to cluster on"
    assert "withheld counts of 1 to 10" not in app.words
    assert "Zeros count as missing in `few`, `half` and `half_cost`." in app.words
    app.click("Take this back")
    back = app.store.spec(app.dataset)
    assert (back.zeros, set(back.cluster)) == ((), set(asked.cluster))
    assert "Do zeros stand for withheld counts of 1 to 10 there?" in app.words


def test_true_zeros_end_the_question_and_change_nothing_else(app: App) -> None:
    open_frame(app, claims())
    asked = proposed_spec(app.store.dataset(app.dataset))
    app.fill("multiselect", f"zeros {app.dataset} 0", ["half"]).click("zeros amount")
    spec = app.store.spec(app.dataset)
    assert (spec.zeros, spec.cluster, spec.describe) == ((("half", "amount"),), asked.cluster, asked.describe)
    assert "`few` has zeros and then nothing below 11" in app.words
    app.click("zeros amount")
    assert "withheld counts of 1 to 10" not in app.words
    assert "Zeros are true zeros in `half` and `few`." in app.words


def test_reasons_stand_as_text_for_a_screen_without_room_for_the_grid(table: App) -> None:
    shown = grid(table.at, "Role")
    for name, role, why in zip(shown["Column"], shown["Role"], shown["Why"], strict=True):
        assert f"**{name}** ({role.lower()}): {why}" in table.words


def test_a_table_of_two_rows_of_text_is_told_everything_that_is_missing(app: App) -> None:
    open_frame(app, pd.DataFrame({"name": ["Ann", "Bob"], "town": ["Ghent", "Lyon"]}))
    assert "at least 3 accounts. This table has 2. Open one with more rows." in app.errors[0]
    assert app.errors[1] == (
        "Segments are made from at least one column. None has the role “Cluster on”, and this table has no column "
        "of numbers or of yes and no. Open a table with such columns, or cluster on a category of few values."
    )
