"""`ownjournal train`."""

import sys

import click
from django.conf import settings
from django.utils import timezone

from ownjournal.appraisal.model import SparseModel, save
from ownjournal.catalogue import store
from ownjournal.catalogue.appraising import MODELS

LACKING = (
    "scikit-learn is not installed. It is needed for training alone:"
    " pip install 'ownjournal[train]'"
)


@click.command()
@click.option("--designs", is_flag=True, help="Only the model of study designs.")
@click.option("--sentences", is_flag=True, help="Only the model of digests.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=30_000,
    show_default=True,
    help="Articles that are read, spread evenly over all.",
)
def command(*, designs: bool, sentences: bool, limit: int) -> None:
    """Train the models of appraisal from what the catalogue holds.

    They learn from labels that are there: publication types and headings that
    people set until 2021, designs that authors name, and the sections of
    abstracts. A model is measured on the newest fifth of its examples, kept in
    DATA_DIR/models with a card that says so, and used for all that is loaded
    from then on; it takes the place of an older one in one step. 30,000 articles
    take some minutes and 1.5 GB of memory. Everything works without any model.

    Exit status: 0 when what was asked for is trained, 1 when there is too little
    to learn from or the extra "train" is not installed; what was there stays.

    \b
    Example:
      ownjournal train
      ownjournal appraise
    """
    try:
        from ownjournal.appraisal import sentence_teaching, teaching
        from ownjournal.appraisal.training import TooFew
    except ModuleNotFoundError as fault:
        if (fault.name or "").partition(".")[0] != "sklearn":
            raise
        click.echo(f"Error: {LACKING}", err=True)
        sys.exit(1)
    failed = False
    for asked, lessons in ((designs, teaching), (sentences, sentence_teaching)):
        if (designs or sentences) and not asked:
            continue
        click.echo(f"Reading articles for the model of {lessons.KIND} …", err=True)
        try:
            model = lessons.taught(
                store.sampled(limit), today=timezone.now().date(), told=_told
            )
        except TooFew as fault:
            click.echo(f"No model of {lessons.KIND}: {fault}", err=True)
            failed = True
        else:
            _keep(lessons.KIND, model)
    sys.exit(failed)


def _told(line: str) -> None:
    click.echo(f"  {line}", err=True)


def _keep(kind: str, model: SparseModel) -> None:
    folder = settings.DATA_DIR / MODELS / kind
    card = save(model, folder)
    click.echo(
        f"{card.id}: {card.data['examples']:,} examples, {len(model.classes)} classes,"
        f" {len(model.terms):,} terms, in {folder}"
    )
    for name, found in card.metrics.items():
        if "auc" in found:
            click.echo(
                f"  {name}: precision {found['precision']:.2f}, recall"
                f" {found['recall']:.2f}, AUC {found['auc']:.3f}, calibration error"
                f" {found['ece']:.3f}, of {found['held_out_of_class']}"
            )
    if kind == "designs":
        click.echo("Judge stored articles with it: ownjournal appraise")
