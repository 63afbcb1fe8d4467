"""Yardsticks: structure variables and their profiles, anchors, stages and quality grades."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.balance import CARRIERS, SECTORS
from citytandem.tables.city import VARIABLES

QUESTIONS = ("overall", "buildings", "transport", "industry", "waste")


class Variable(dy.Schema):
    """One row per structure variable: what a city cannot change soon, and how distances are taken in it."""

    variable = dy.Enum(VARIABLES, primary_key=True, description="Structure variable")
    unit = base.text("Unit of its value", nullable=False)
    scale = dy.Enum(("linear", "log", "category"), nullable=False, description="Scale on which two cities are compared")
    robust = base.text("How it is scaled robustly", nullable=False)
    reason = base.text("Why a city cannot change it soon", nullable=False)
    mark = base.mark()
    source = base.source()


class ProfileWeight(dy.Schema):
    """One row per named profile, question and variable: how much it weighs when peers are sought."""

    profile = base.key("Name of the profile", primary_key=True)
    question = dy.Enum(QUESTIONS, primary_key=True, description="What the peers are wanted for")
    variable = dy.Enum(VARIABLES, primary_key=True, description="Structure variable")
    weight = base.quantity("1", "Weight; only ratios matter", low=0, high=10, nullable=False)
    reason = base.text("Why", nullable=False)
    mark = base.mark()
    source = base.source()


class Anchor(dy.Schema):
    """One row per indicator: the two values between which points from 0 to 10 run in a straight line."""

    indicator = base.key("Indicator, with its unit at the end", primary_key=True)
    title = base.text("The indicator in plain English", nullable=False)
    unit = base.text("Unit", nullable=False)
    at_zero = dy.Float64(nullable=False, min=-1e6, max=1e6, description="Value that gives 0 points", metadata={"unit": "by unit"})
    at_ten = dy.Float64(nullable=False, min=-1e6, max=1e6, description="Value that gives 10 points", metadata={"unit": "by unit"})
    reason = base.text("Why these anchors", nullable=False)
    mark = base.mark()
    source = base.source()

    @dy.rule()
    def anchors_differ(cls):  # type: ignore[no-untyped-def]
        return cls.at_zero.col != cls.at_ten.col


class ImplementedShare(dy.Schema):
    """One row per stage: which share of a measure counts as done. An unknown stage has no row and no share."""

    stage = dy.Int8(primary_key=True, min=0, max=4, description="Stage", metadata={"unit": "stage"})
    share = base.quantity("fraction", "Share that counts as done", low=0, high=1, nullable=False)
    mark = base.mark()
    source = base.source()


class QualityGrade(dy.Schema):
    """One row per quality profile and grade: half width of a 90 % interval as a share of the value."""

    profile = base.key("Name of the profile", primary_key=True)
    grade = base.key("Grade as published (A-D or H, M, L), or top_down, modelled, none", primary_key=True)
    half_width = base.quantity("fraction", "Half width of the 90 % interval, relative", low=0, high=3, nullable=False)
    meaning = base.text("What the grade stands for", nullable=False)
    reason = base.text("Why this width", nullable=False)
    mark = base.mark()
    source = base.source()


class SharedError(dy.Schema):
    """One row per quality profile and carrier: the error of its emission factor, which all lines it prices have together."""

    profile = base.key("Name of the profile", primary_key=True)
    carrier = dy.Enum(CARRIERS, primary_key=True, description="Carrier the factor belongs to")
    half_width = base.quantity(
        "fraction", "Half width of the 90 % interval of the factor, relative", low=0, high=3, nullable=False
    )
    shared_by = dy.Enum(
        ("grid", "city"), nullable=False, description="Who shares it: all cities of a grid, or the lines of one city"
    )
    meaning = base.text("Which factor", nullable=False)
    reason = base.text("Why this width", nullable=False)
    mark = base.mark()
    source = base.source()


class ElectricityShare(dy.Schema):
    """One row per sector: which share of a line of all carriers can be electricity, at least and at most."""

    sector = dy.Enum(SECTORS, primary_key=True, description="Sector of the line")
    share_low = base.quantity("fraction", "Share of its emissions, at least", low=0, high=1, nullable=False)
    share_high = base.quantity("fraction", "Share of its emissions, at most", low=0, high=1, nullable=False)
    reason = base.text("Why these bounds", nullable=False)
    mark = base.mark()
    source = base.source()

    @dy.rule()
    def bounds_are_in_order(cls):  # type: ignore[no-untyped-def]
        return cls.share_low.col <= cls.share_high.col
