"""Who writes posts, on the operators' pages."""

from ownjournal.readers.operators import OperatorAdmin


class EditorAdmin(OperatorAdmin):
    """Readers who may write posts beside the operators."""

    list_display = ("reader", "since_at")
    list_select_related = ("reader",)
    search_fields = ("reader__email",)
    raw_id_fields = ("reader",)
