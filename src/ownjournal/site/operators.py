"""What operators look after at /admin/: every model, one line each."""

from ownjournal.readers.institutions.admin import InstitutionAdmin
from ownjournal.readers.institutions.models import Institution
from ownjournal.readers.operators import OperatorSite

operators = OperatorSite(name="admin")
operators.register(Institution, InstitutionAdmin)
