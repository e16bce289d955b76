/**
 * Imports run one way (docs/architecture.md). Each list is from the top of a workspace to its bottom:
 * a folder may import what stands below it, never what stands above.
 */
const layers = {
  'sync/src': [
    ['main'],
    ['cli'],
    ['daemon'],
    ['http', 'observe'],
    ['engine'],
    ['store', 'isapi', 'photo'],
    ['model'],
  ],
  'sync/src/engine': [
    ['engine'],
    ['fleet'],
    ['leaver'],
    ['leg'],
    ['pair'],
    ['device'],
    ['wire'],
    ['stop'],
    ['run'],
    ['plan'],
  ],
  'simulator/src': [
    ['main'],
    ['cli'],
    ['testcontainers', 'vitest'],
    ['container'],
    ['control'],
    ['fleet'],
    ['http'],
    ['isapi'],
    ['auth', 'faults'],
    ['terminal'],
    ['profiles'],
  ],
};

/** A layer entry is a folder or a file of that name directly under the workspace's src. */
const place = (root, name) => `^${root}/${name}(/|\\.ts$)`;

const upward = Object.entries(layers).flatMap(([root, list]) =>
  list.flatMap((names, level) =>
    names.flatMap((name) => {
      const above = list.slice(0, level).flat();
      const beside = names.filter((other) => other !== name);
      const forbidden = [...above, ...beside].map((other) => place(root, other));
      return forbidden.length === 0
        ? []
        : [
            {
              name: `${root}/${name}-imports-downward`,
              severity: 'error',
              comment:
                'A folder imports only what stands below it; results go back up as return values and events.',
              from: { path: place(root, name), pathNot: '\\.test\\.ts$' },
              to: { path: forbidden.join('|') },
            },
          ];
    }),
  ),
);

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'sync-and-simulator-never-meet',
      severity: 'error',
      comment: 'A shared helper would hide a shared mistake: both answer to the wire facts alone.',
      from: { path: '^(sync|simulator)/' },
      to: { path: '^(sync|simulator|@pontaj/(sync|simulator))', pathNot: '^$1/' },
    },
    {
      name: 'sync-takes-only-types-from-supabase',
      severity: 'error',
      comment: 'Production deploys sync/ alone; the generated database types vanish at build.',
      from: { path: '^sync/', pathNot: '\\.test\\.ts$' },
      to: { path: '^supabase/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'simulator-stands-alone',
      severity: 'error',
      from: { path: '^simulator/' },
      to: { path: '^(supabase|sync|e2e)/' },
    },
    {
      name: 'supabase-stands-alone',
      severity: 'error',
      from: { path: '^supabase/' },
      to: { path: '^(simulator|sync|e2e)/' },
    },
    {
      name: 'nobody-imports-e2e',
      severity: 'error',
      from: { path: '^(supabase|sync|simulator)/' },
      to: { path: '^e2e/' },
    },
    {
      name: 'workspaces-meet-at-index',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: '^(supabase|sync|simulator)/src/', pathNot: '/src/(index|testcontainers)\\.ts$' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependencies-in-product',
      severity: 'error',
      from: { path: '^(supabase|sync|simulator)/src', pathNot: '\\.(test|suite)\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    tsConfig: { fileName: 'tsconfig.base.json' },
  },
};
