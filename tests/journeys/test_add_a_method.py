"""Somebody adds a method for their country by the how-to page, and every step works as written."""

import re
import subprocess
import sys
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "add-a-method.md").read_text(encoding="utf-8")


def test_every_step_of_the_page_works(tmp_path):
    (method,) = re.findall(r"```toml\n(.+?)```", PAGE, re.DOTALL)
    program = "\n".join(re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)) + "\nprint('every step works')\n"
    (tmp_path / "musterland.toml").write_text(method, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)

    assert done.stdout == "every step works\n", done.stderr
