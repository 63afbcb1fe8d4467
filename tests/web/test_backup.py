"""A site is written into one file, and an equal site is made of it."""

import json
import tarfile

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers

from citytandem.findings import CannotCompute, Code
from citytandem.web.accounts.actions import record
from citytandem.web.accounts.models import AuditEntry, Role, User
from citytandem.web.shell.backup import LEFT_OUT, restore_backup, write_backup

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "home" / "files"
    (settings.MEDIA_ROOT / "ab").mkdir(parents=True)
    (settings.MEDIA_ROOT / "ab" / "upload").write_bytes("横浜市 1.234,5".encode())
    return settings.MEDIA_ROOT


@pytest.fixture
def lived_in(files, person, heidelberg):
    """A site in which something was done."""
    user = person(Role.ADMIN, heidelberg, name="Anna Beispiel")
    record(user=user, organisation=heidelberg, action="role.changed", before={"role": "viewer"}, after={"role": "admin"})


def test_a_restored_site_equals_the_one_that_was_written(lived_in, files, tmp_path):
    before = _rows()
    held = write_backup(tmp_path / "site.tar.gz")
    User.objects.all().delete()
    (files / "ab" / "upload").unlink()
    (files / "stray").write_text("not in the backup")

    restore_backup(tmp_path / "site.tar.gz", replace=True)

    assert _rows() == before
    assert held["files"] == 1
    assert {path.name: path.read_bytes() for path in files.rglob("*") if path.is_file()} == {"upload": "横浜市 1.234,5".encode()}


def test_rows_can_be_added_after_a_restore(lived_in, tmp_path):
    write_backup(tmp_path / "site.tar.gz")
    restore_backup(tmp_path / "site.tar.gz", replace=True)
    known = set(AuditEntry.objects.values_list("id", flat=True))

    assert record(user=None, action="site.restored").id not in known


def test_a_site_with_people_is_not_written_over(lived_in, tmp_path):
    write_backup(tmp_path / "site.tar.gz")

    with pytest.raises(CannotCompute) as refused:
        restore_backup(tmp_path / "site.tar.gz")

    assert refused.value.finding.code is Code.RESTORE_NOT_EMPTY


@pytest.mark.parametrize("harm", ["cut", "changed", "no archive"])
def test_a_damaged_backup_touches_nothing(lived_in, files, tmp_path, harm):
    file = tmp_path / "site.tar.gz"
    write_backup(file)
    before = _rows()
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:-300])
    elif harm == "changed":
        _change(file)
    else:
        file.write_text("a letter")

    with pytest.raises(CannotCompute) as refused:
        restore_backup(file, replace=True)

    assert refused.value.finding.code is Code.BACKUP_UNREADABLE
    assert _rows() == before
    assert (files / "ab" / "upload").exists()


def test_a_backup_cannot_write_outside_of_its_home(lived_in, files, tmp_path):
    file = tmp_path / "site.tar.gz"
    (tmp_path / "evil").write_text("evil")
    with tarfile.open(file, "w:gz") as archive:
        archive.add(tmp_path / "evil", arcname="../../escaped")

    with pytest.raises(CannotCompute):
        restore_backup(file, replace=True)

    assert not list(tmp_path.rglob("escaped"))


def _rows() -> dict[str, list[object]]:
    models = [model for model in apps.get_models() if not {model._meta.label_lower, model._meta.app_label} & set(LEFT_OUT)]
    return {
        model._meta.label: json.loads(serializers.serialize("json", model._default_manager.order_by("pk"))) for model in models
    }


def _change(file) -> None:
    folder = file.with_suffix(".d")
    with tarfile.open(file) as archive:
        archive.extractall(folder, filter="data")
    rows = folder / "rows.jsonl"
    rows.write_text(rows.read_text().replace("Anna", "Eve"))
    with tarfile.open(file, "w:gz") as archive:
        for part in folder.rglob("*"):
            archive.add(part, arcname=str(part.relative_to(folder)), recursive=False)


def test_files_of_the_tests_lie_in_a_home_of_their_own():
    assert "citytandem-test-" in str(settings.STATIC_ROOT)
