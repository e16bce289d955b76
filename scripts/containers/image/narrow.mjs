// Narrows the package.json files in the current folder to what one image installs, so that `npm ci` takes that and no
// more, still by the versions and checksums of the one package-lock.json:
//   node narrow.mjs sync [supabase …] [--without PACKAGE]   these workspaces, without what only development needs
//   node narrow.mjs --tool typescript                       this one development tool of the repository, nothing else
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals: workspaces } = parseArgs({
  allowPositionals: true,
  options: {
    tool: { type: 'string', multiple: true, default: [] },
    without: { type: 'string', multiple: true, default: [] },
  },
});

function edit(file, change) {
  const content = JSON.parse(readFileSync(file, 'utf8'));
  change(content);
  writeFileSync(file, JSON.stringify(content, null, 2));
}

edit('package.json', (root) => {
  const tools = values.tool.map((name) => {
    const version = root.devDependencies?.[name];
    if (version === undefined) throw new Error(`package.json has no devDependency ${name}.`);
    return [name, version];
  });
  root.workspaces = workspaces;
  root.devDependencies = Object.fromEntries(tools);
});
for (const workspace of workspaces)
  edit(`${workspace}/package.json`, (content) => {
    delete content.devDependencies;
    delete content.peerDependencies;
    delete content.peerDependenciesMeta;
    for (const name of values.without) delete content.dependencies[name];
  });
