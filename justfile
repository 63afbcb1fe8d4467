# Every command of the house. `just` comes with the checks: `./dev test` installs it into .venv/bin.

set positional-arguments

bin := justfile_directory() / ".venv/bin"
groups := "--group setup --group build --group test --group check --group docs --group bench"
compile := bin / "uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command 'just lock'"

# What there is to run
default:
    @{{ just_executable() }} --list --unsorted

# Install everything the checks need
setup:
    ./dev install test

# Run the command line: just run benchmark Heidelberg
run *words:
    {{ bin }}/citytandem "$@"

# All that CI checks
check:
    ./dev test

# Tests that match some words: just test peers
test *words:
    {{ bin }}/python -m pytest -q -k "$*"

# Write the stored answers anew; look at the difference before you commit it
golden:
    CITYTANDEM_GOLDEN=write {{ bin }}/python -m pytest -q tests/golden

# Pictures of the briefing, as a reader sees it, into out/shots
shots city="Heidelberg" lang="de":
    {{ bin }}/citytandem briefing "{{ city }}" --lang "{{ lang }}" --out out/shots
    cd out/shots && for pdf in *.pdf; do pdftoppm -r 70 -png "$pdf" "${pdf%.pdf}"; done

# Collect sentences from the code, bring the catalogues up to date, compile them
words:
    {{ bin }}/python tools/words.py
    {{ bin }}/pybabel compile --quiet --domain citytandem --directory src/citytandem/locale

# Build the documentation into site/
docs:
    {{ bin }}/sphinx-build -W -n -q -b html docs site

# Performance beside named peers, as ratios
bench *words:
    {{ bin }}/python -m benchmarks "$@"

# Wheel and source package into dist/
release: check
    {{ bin }}/uv build --no-build-isolation

# Pin every version with its hash, for every system and Python, without naming a host
lock:
    {{ compile }} pyproject.toml --all-extras {{ groups }} -o locks/test.txt
    {{ compile }} pyproject.toml --extra report --extra web --extra exchange --extra semantic -c locks/test.txt -o locks/run.txt
    {{ compile }} pyproject.toml --extra report --extra web --extra exchange --extra semantic --extra postgres --extra bulk -c locks/test.txt -o locks/site.txt
    {{ compile }} --group pyproject.toml:setup -c locks/test.txt -o locks/setup.txt
