#!/bin/sh
# Install, upgrade or roll back syncer below a folder, from this checkout (make install, upgrade,
# rollback). Needs Python 3.11 or newer with venv, and nothing of the system's pip.
#
#   PREFIX/releases/VERSION-TIME/  one virtual environment each, from the hashed lock
#   PREFIX/current                 the one in use
#   PREFIX/previous                the one before, kept for rollback
#   PREFIX/bin/syncer              what units, cron and people call
#
# Without network: PIP_NO_INDEX=1 PIP_FIND_LINKS=/folder/of/wheels make install
set -eu
umask 022

what=$1
prefix=$2
python=${PYTHON:-python3}
source=$(cd "$(dirname "$0")/.." && pwd)

point() { # name target: replaced in one step, so that a run never finds nothing
  ln -sfn "$2" "$prefix/$1.new"
  mv -Tf "$prefix/$1.new" "$prefix/$1"
}

build() {
  if ! "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'; then
    echo "$python is not Python 3.11 or newer with venv (Debian: apt install python3-venv);" \
      "name another with PYTHON=" >&2
    exit 1
  fi
  # The service's user sees no home folder, so that it could not start this Python.
  base=$("$python" -c 'import os, sys; print(os.path.realpath(sys.base_prefix))')
  case $base in
    /root/* | /home/*)
      echo "$python is installed below ${base%/*}, which the service cannot read;" \
        "name the system's with PYTHON=/usr/bin/python3" >&2
      exit 1
      ;;
  esac
  version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$source/syncer/__init__.py")
  release=releases/$version-$(date -u +%Y%m%dT%H%M%SZ)
  mkdir -p "$prefix/releases" "$prefix/bin"
  # One that is not whole, after a failure or a power cut, has no such mark and goes.
  for old in "$prefix"/releases/*; do
    [ -e "$old/whole" ] || rm -rf "$old"
  done
  "$python" -m venv "$prefix/$release"
  pip() { "$prefix/$release/bin/pip" --disable-pip-version-check --quiet "$@"; }
  pip install --require-hashes --only-binary :all: -r "$source/requirements.txt"
  pip install --no-deps --no-build-isolation "$source"
  mkdir -p "$prefix/$release/share/syncer"
  cp -R "$source/deploy/." "$prefix/$release/share/syncer/"
  cp -R "$source/config" "$prefix/$release/share/syncer/config"
  "$prefix/$release/bin/syncer" --version
  touch "$prefix/$release/whole"
}

switch() {
  if [ -L "$prefix/current" ]; then
    point previous "$(readlink "$prefix/current")"
  fi
  point current "$release"
  point bin/syncer ../current/bin/syncer
  for old in "$prefix"/releases/*; do
    case "releases/${old##*/}" in
      "$(readlink "$prefix/current")" | "$(readlink "$prefix/previous" 2>/dev/null)") ;;
      *) rm -rf "$old" ;;
    esac
  done
}

case $what in
  install)
    if [ -L "$prefix/current" ]; then
      echo "$prefix holds an installation: make upgrade PREFIX=$prefix" >&2
      exit 1
    fi
    build
    switch
    echo "Next: write the settings and start the timer, as deploy/README.md says, or try"
    echo "  $prefix/bin/syncer demo"
    echo "  $prefix/bin/syncer init HANDBOOK -o os2.toml"
    ;;
  upgrade)
    build
    switch
    ;;
  rollback)
    release=$(readlink "$prefix/previous") || release=
    if [ -z "$release" ] || [ ! -e "$prefix/$release/whole" ]; then
      echo "$prefix keeps no installation from before the last upgrade" >&2
      exit 1
    fi
    switch
    "$prefix/bin/syncer" --version
    ;;
  *)
    echo "usage: install.sh install|upgrade|rollback PREFIX" >&2
    exit 2
    ;;
esac
