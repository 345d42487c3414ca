@echo off
rem Opens the Java notebooks in JupyterLab; the work is done by the package launcher beside this file.
setlocal
if defined EMBEDLAB_PYTHON (
  "%EMBEDLAB_PYTHON%" "%~dp0launcher" %*
  exit /b
)
where py >nul 2>nul && (
  py -3 "%~dp0launcher" %*
  exit /b
)
where python >nul 2>nul && (
  python "%~dp0launcher" %*
  exit /b
)
echo lab: Python 3.10 or later was not found on the PATH; install it from python.org, or name it in EMBEDLAB_PYTHON. 1>&2
exit /b 3
