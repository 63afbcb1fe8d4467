"""What bulk work does with input that is incomplete, wrong, large, or behind a URL."""

import importlib.util
import uuid

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from benchmarks.compile import SQL, generate, make_factors
from citytandem.bulk.compile import compile_activities, reprice_cube
from citytandem.findings import CannotCompute, Code

ENGINES = ("polars", "duckdb", "native")
FACTOR = pl.DataFrame(
    {"country": ["DE", "DE"], "year": [2019, 2019], "carrier": ["natural_gas", "diesel"], "kg_per_mwh": [200.0, 300.0]}
)


@pytest.fixture(params=ENGINES)
def engine(request):
    if request.param == "duckdb":
        pytest.importorskip("duckdb", reason="DuckDB comes with the extra “bulk”")
    return request.param


@pytest.fixture
def run(tmp_path, engine):
    """Compile rows given as tuples; returns the table, the summary and the findings."""

    def compile_rows(rows, factor=FACTOR, **wishes):
        names = ["city", "year", "country", "sector", "carrier", "activity_mwh"]
        types = {"year": pl.Int16, "activity_mwh": pl.Float64}
        frame = pl.DataFrame(rows, schema=names, orient="row", schema_overrides=types)
        frame.write_parquet(tmp_path / "activity.parquet")
        factor.write_parquet(tmp_path / "factor.parquet")
        places = (str(tmp_path / "activity.parquet"), str(tmp_path / "factor.parquet"))
        summary, findings = compile_activities(*places, out=tmp_path / "out", engine=engine, **wishes)
        return pl.read_parquet(tmp_path / "out" / "compiled.parquet"), summary, findings

    return compile_rows


def row(city="DE-00000001", *, year=2019, country="DE", sector="households", carrier="natural_gas", mwh=10.0):
    return (city, year, country, sector, carrier, mwh)


def test_rows_of_one_sector_add_up(run):
    table, _, findings = run([row(mwh=10.0), row(mwh=5.0), row(carrier="diesel", mwh=1.0), row(sector="road", mwh=-2.0)])

    assert table["emissions_t"].to_list() == pytest.approx([3.3, -0.4], rel=1e-14)
    assert findings == []


def test_a_row_without_factor_leaves_its_sector_unknown_and_is_listed(run):
    table, summary, findings = run([row(), row(carrier="lpg", mwh=7.0), row(sector="road", carrier="diesel")])

    assert table["emissions_t"].to_list() == [None, 3.0]
    assert table["known_t"].to_list() == [2.0, 3.0]
    assert summary.rows_unknown == 1
    assert [(finding.code, dict(finding.facts)) for finding in findings] == [
        (Code.ACTIVITY_WITHOUT_FACTOR, {"country": "DE", "year": 2019, "carrier": "lpg", "rows": 1})
    ]


@pytest.mark.parametrize("amount", [None, float("nan"), float("inf")])
def test_a_row_without_a_usable_amount_is_unknown_and_counted(run, amount):
    table, _, findings = run([row(), row(mwh=amount)])

    assert table.row(0)[3:] == (None, 2.0, 2, 1)
    assert [finding.code for finding in findings] == [Code.ACTIVITY_WITHOUT_AMOUNT]


def test_zero_energy_needs_no_factor(run):
    table, _, findings = run([row(carrier="hydrogen", mwh=0.0)])

    assert table["emissions_t"].to_list() == [0.0]
    assert findings == []


def test_many_missing_factors_are_listed_up_to_a_limit_and_counted(run):
    rows = [row(year=1900 + number, mwh=1.0) for number in range(30)]
    _, _, findings = run(rows)

    assert len(findings) == 21
    assert findings[-1].code is Code.MORE_FINDINGS
    assert findings[-1].facts["count"] == 10


def test_rows_that_break_the_table_are_left_out_and_told(run):
    table, _, findings = run([row(), row(city="nowhere"), row(city=None)])

    assert table["city"].to_list() == ["DE-00000001"]
    assert [finding.code for finding in findings] == [Code.ROW_BREAKS_RULE] * 2


def test_a_key_with_two_factors_is_refused(run):
    with pytest.raises(CannotCompute) as refusal:
        run([row()], factor=pl.concat([FACTOR, FACTOR.head(1).with_columns(kg_per_mwh=201.0)]))

    assert refusal.value.finding.code is Code.FACTOR_NOT_PINNED
    assert refusal.value.finding.facts["count"] == 2


def test_a_missing_file_and_a_missing_column_are_named(tmp_path, engine):
    FACTOR.write_parquet(tmp_path / "factor.parquet")
    factor = str(tmp_path / "factor.parquet")
    with pytest.raises(CannotCompute) as missing:
        compile_activities(str(tmp_path / "none.parquet"), factor, out=tmp_path, engine=engine)
    with pytest.raises(CannotCompute) as column:
        compile_activities(factor, factor, out=tmp_path, engine=engine)

    assert missing.value.finding.code is Code.FILE_MISSING
    assert column.value.finding.code is Code.COLUMN_MISSING
    assert column.value.finding.facts["column"] == "city"


def test_a_file_that_is_no_table_is_named(tmp_path, engine):
    FACTOR.write_parquet(tmp_path / "factor.parquet")
    (tmp_path / "words.parquet").write_text("no table", encoding="utf-8")
    with pytest.raises(CannotCompute) as refusal:
        compile_activities(str(tmp_path / "words.parquet"), str(tmp_path / "factor.parquet"), out=tmp_path, engine=engine)

    assert refusal.value.finding.code is Code.FILE_UNREADABLE


def test_an_engine_we_do_not_know_is_refused_with_the_choices(tmp_path):
    with pytest.raises(CannotCompute) as refusal:
        compile_activities("a", "b", out=tmp_path, engine="abacus")

    assert "duckdb" in str(refusal.value.finding.facts["choices"])


def test_a_city_whose_rows_name_two_countries_is_priced_row_by_row(run, tmp_path):
    factor = pl.concat([FACTOR, FACTOR.with_columns(country=pl.lit("DK"), kg_per_mwh=pl.lit(1000.0))])
    table, _, _ = run([row(mwh=1.0), row(country="DK", mwh=1.0)], factor=factor, keep_cube=True)
    reprice_cube(str(tmp_path / "out" / "cube.parquet"), str(tmp_path / "factor.parquet"), out=tmp_path / "again")

    assert table["emissions_t"].to_list() == pytest.approx([1.2])
    assert_frame_equal(pl.read_parquet(tmp_path / "again" / "compiled.parquet"), table, rel_tol=1e-12)


def test_a_folder_of_files_is_read_as_one(tmp_path, engine):
    activity, factor = generate(4_000, tmp_path / "whole", cities=20)
    whole = pl.read_parquet(activity)
    (tmp_path / "parts").mkdir()
    for number, part in enumerate(whole.iter_slices(1_500)):
        part.write_parquet(tmp_path / "parts" / f"{number}.parquet")
    compile_activities(str(activity), str(factor), out=tmp_path / "one", engine=engine)
    compile_activities(str(tmp_path / "parts"), str(factor), out=tmp_path / "many", engine=engine)

    one, many = (pl.read_parquet(tmp_path / name / "compiled.parquet") for name in ("one", "many"))
    assert_frame_equal(one, many, rel_tol=1e-12)


def test_the_order_of_rows_does_not_matter(tmp_path, engine):
    activity, factor = generate(4_000, tmp_path / "sorted", cities=20)
    pl.read_parquet(activity).sample(fraction=1.0, shuffle=True, seed=3).write_parquet(tmp_path / "mixed.parquet")
    compile_activities(str(activity), str(factor), out=tmp_path / "one", engine=engine)
    compile_activities(str(tmp_path / "mixed.parquet"), str(factor), out=tmp_path / "other", engine=engine)

    one, other = (pl.read_parquet(tmp_path / name / "compiled.parquet") for name in ("one", "other"))
    assert_frame_equal(one, other, rel_tol=1e-12)


def test_duckdb_works_with_less_memory_than_its_input(tmp_path):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB comes with the extra “bulk”")
    activity, factor = generate(1_800_000, tmp_path, cities=30_000, sorted_by_city=False)
    memory_gb = 0.0625
    in_memory = pl.read_parquet(activity).with_columns(pl.col(pl.Enum).cast(pl.String)).estimated_size()
    sorted_sql = f"{SQL.format(activity=activity, factor=factor)} ORDER BY city, year, sector"
    with duckdb.connect() as without_a_disk:
        without_a_disk.execute(f"SET memory_limit = '{memory_gb * 1024:g}MiB'; SET temp_directory = ''")
        with pytest.raises(duckdb.OutOfMemoryException):
            without_a_disk.sql(sorted_sql).write_parquet(str(tmp_path / "never.parquet"))

    summary, _ = compile_activities(str(activity), str(factor), out=tmp_path / "small", engine="duckdb", memory_gb=memory_gb)

    assert in_memory > memory_gb * 2**30
    assert summary.rows == 1_800_000


@pytest.mark.parametrize("engine", ["polars", "duckdb", "native"])
def test_a_url_is_read_where_fsspec_is_installed(tmp_path, engine):
    if importlib.util.find_spec("fsspec") is None:
        pytest.skip("fsspec, which opens URLs, is not installed")
    if engine == "duckdb":
        pytest.importorskip("duckdb", reason="DuckDB comes with the extra “bulk”")
    memory = importlib.import_module("fsspec").filesystem("memory")
    activity, factor = generate(500, tmp_path, cities=5)
    folder = f"/{uuid.uuid4().hex}"
    for path in (activity, factor):
        memory.pipe(f"{folder}/{path.name}", path.read_bytes())
    places = (f"memory:/{folder}/activity.parquet", f"memory:/{folder}/factor.parquet")
    summary, _ = compile_activities(*places, out=tmp_path / "out", engine=engine)

    assert summary.rows == 500


def test_made_factors_are_pinned_once():
    factor = make_factors(1)

    assert not factor.select("country", "year", "carrier").is_duplicated().any()
