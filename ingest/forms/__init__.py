"""Forms: the workbook that a bureau fills in, written from the pack and read back without a source spec.

Belongs here: what a form asks (``contents``), how it looks (``sheets``, ``notes``), the mark that it carries (``mark``)
and how it is read when it comes back, edited or half filled (``locate``, ``read``).
Does not belong here: releases. Whoever asks for a form hands over the last accepted values.
"""

from __future__ import annotations

from ingest.forms.contents import plan_form
from ingest.forms.model import Form, FormError, LastValue
from ingest.forms.read import read_form, refuse_without_mark
from ingest.forms.sheets import write_form

__all__ = ["Form", "FormError", "LastValue", "plan_form", "read_form", "refuse_without_mark", "write_form"]
