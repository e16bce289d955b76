#!/bin/sh
# install.sh ARGUMENTS: narrows package.json (see narrow.mjs) and installs what is left. A filled npm cache is complete:
# with it no network is asked for anything. `npm run containers:build` fills it again when package-lock.json changes.
set -eu
node "$(dirname "$0")/narrow.mjs" "$@"
if [ -d /npm-cache/_cacache ]; then source=--offline; else source=--prefer-online; fi
exec npm ci $source --cache /npm-cache --ignore-scripts
