"""Gives the demo's network its life: registry, programmes, tandems at work, events. Does nothing where it is there already."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from citytandem.web.accounts.models import Kind, Organisation, User
from citytandem.web.demo.gatherings import load_agenda, load_conference, load_makers, load_route, load_tour
from citytandem.web.demo.interviews import load_interviews
from citytandem.web.demo.pairs import (
    load_answers,
    load_open_call,
    load_registry,
    load_running,
    load_work,
    match_running,
)
from citytandem.web.events.models import Event
from citytandem.web.programmes.models import Programme

COORDINATOR = "coordinator@network.example"


def load_life() -> None:
    """What needs no computing, once: registry, programmes with applications, events with guests. The rest follows beside."""
    network = find_network()
    if network is None or Programme.objects.filter(organisation=network).exists():
        return
    user, today = User.objects.get(email=COORDINATOR), timezone.now().date()
    with transaction.atomic():
        load_registry(network, user=user, today=today)
        programme = load_running(network, user=user)
        load_open_call(network, user=user)
        load_conference(network, programme=programme, user=user, today=today)
        load_tour(network, programme=programme, user=user, today=today)
        load_makers(network, user=user, today=today)
        load_interviews(today=today)
        compute_life.enqueue()


@task()
def compute_life() -> None:
    """What the solvers have to say: pairs of the programme, the work of one, the agenda of the conference, the tour."""
    network = find_network()
    programme = Programme.objects.filter(organisation=network, runs=None, state="running").first()
    if programme is None:
        return
    user, today = User.objects.get(email=COORDINATOR), timezone.now().date()
    match_running(programme, user=user)
    tandem = load_work(programme, today=today)
    if tandem:
        load_answers(tandem)
    for conference in Event.objects.filter(programme=programme, kind="conference"):
        load_agenda(conference, user=user)
    for tour in Event.objects.filter(programme=programme, kind="study_tour"):
        load_route(tour, user=user)


def find_network() -> Organisation | None:
    """The demo's network, where it is loaded."""
    return Organisation.objects.filter(kind=Kind.NETWORK, network="demo", is_invented=True).first()
