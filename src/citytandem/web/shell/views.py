"""Pages about the site itself: its health, and what is shown when something is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech

JOBS_WAIT_SECONDS = 300

if TYPE_CHECKING:
    from django.http import HttpRequest


def show_health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - every view gets one
    """Says that the site answers."""
    return JsonResponse({"status": "ok"})


def show_readiness(request: HttpRequest) -> JsonResponse:
    """Says whether the site can do its work: database reached and up to date, release read, jobs not piling up."""
    checks = {
        "database": _is_up_to_date(),
        "release": bool(atlas_of(request).sha256),
        "jobs": oldest_waiting_seconds() < JOBS_WAIT_SECONDS,
    }
    ready = all(checks.values())
    return JsonResponse({"status": "ready" if ready else "not ready", "checks": checks}, status=200 if ready else 503)


def show_metrics(request: HttpRequest) -> HttpResponse:
    """Figures about the site itself in the text form Prometheus reads; nothing about people or cities."""
    atlas = atlas_of(request)
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    figures = (
        ("citytandem_release", "What pages are read from.", f'{{release="{atlas.release}",sha256="{atlas.sha256[:12]}"}} 1'),
        ("citytandem_jobs_waiting", "Jobs nobody has begun.", f" {waiting}"),
        ("citytandem_jobs_failed", "Jobs that went wrong and are kept to be looked at.", f" {failed}"),
        ("citytandem_jobs_oldest_seconds", "How long the oldest job has waited.", f" {oldest_waiting_seconds():.1f}"),
    )
    lines = (f"# HELP {name} {told}\n# TYPE {name} gauge\n{name}{value}\n" for name, told, value in figures)
    return HttpResponse("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")


def oldest_waiting_seconds() -> float:
    """How long the oldest job has been waiting for somebody to do it."""
    oldest = DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by("enqueued_at").first()
    return (timezone.now() - oldest.enqueued_at).total_seconds() if oldest else 0.0


def _is_up_to_date() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's form
    return render(request, "shell/told.html", {"told": "not_found"}, status=404)


def show_no_right(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's form
    return render(request, "shell/told.html", {"told": "no_right"}, status=403)


def show_our_fault(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's form
    """Says so even where the database is gone: this page asks nothing of it."""
    page = get_template("shell/our_fault.html").render({"html_language": current_speech().language})
    return HttpResponse(page, status=500)
