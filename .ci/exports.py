"""Makes the exports that the interoperability checks read."""

import subprocess
from pathlib import Path


def export(program: str, texts: str, nasty: str, forms: list[str], directory: Path) -> dict[str, Path]:
    """Loads the texts of the folder `texts` and the text `nasty` into a store in `directory`, and exports it in each form: form -> file or
    folder."""
    nasty_file = directory / "nasty.txt"
    nasty_file.write_text(nasty, encoding="utf-8", newline="")
    store = ["--store", directory / "store"]
    inputs = [nasty_file, *sorted(Path(texts).glob("*.txt"))]
    subprocess.run([program, *store, "load", *inputs], check=True, capture_output=True)
    files = {form: directory / f"record.{form}" for form in forms}
    for form, file in files.items():
        subprocess.run([program, *store, "export", "--quiet", "--format", form, "--output", file], check=True)
    return files
