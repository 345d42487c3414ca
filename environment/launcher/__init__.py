"""The lab command: builds the project, prepares JupyterLab and runs notebooks.

Needs Python 3.10 or later and nothing but the standard library, except for the two scripts under
``in_environment``, which run with the Python of ``environment/.venv``.
"""
