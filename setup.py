"""What `pyproject.toml` cannot say: packages are found, and two folders of the repository lie inside the package once
it is installed. See decision 036."""

from setuptools import find_packages, setup

INSIDE = {"generator.theme": "theme", "generator.schemas": "docs/schema"}  # package → folder of the repository

setup(packages=[*find_packages(include=["generator", "generator.*"]), *INSIDE], package_dir=INSIDE)
