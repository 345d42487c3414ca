# Opens the Java notebooks in JupyterLab; the work is done by the package launcher beside this file.
$launcher = Join-Path $PSScriptRoot 'launcher'
if ($env:EMBEDLAB_PYTHON) { & $env:EMBEDLAB_PYTHON $launcher @args }
elseif (Get-Command py -ErrorAction SilentlyContinue) { & py -3 $launcher @args }
elseif (Get-Command python -ErrorAction SilentlyContinue) { & python $launcher @args }
else {
  [Console]::Error.WriteLine('lab: Python 3.10 or later was not found on the PATH; install it from python.org, or name it in EMBEDLAB_PYTHON.')
  exit 3
}
exit $LASTEXITCODE
