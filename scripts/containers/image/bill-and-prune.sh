#!/bin/sh
# bill-and-prune.sh: for the packages installed under the current folder, writes the bill of materials (CycloneDX) and the
# licence list to /bill; then deletes what programs never read: type declarations, source maps, the packages' own tests.
set -eu
mkdir /bill
npm sbom --sbom-format=cyclonedx --sbom-type=application > /bill/sbom.cdx.json
node "$(dirname "$0")/licences.mjs" /bill/sbom.cdx.json > /bill/licences.txt
find . -path '*/node_modules/*' -type f \
  \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.md' \) -delete
find . -path '*/node_modules/*' -type d \
  \( -name test -o -name tests -o -name __tests__ -o -name benchmarks -o -name .bin \) -prune -exec rm -rf {} +
rm -rf node_modules/@pontaj
