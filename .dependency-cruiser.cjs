/** Who may import whom. Each rule's comment names the fix. The reasons are in ARCHITECTURE.md. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
module.exports = {
  forbidden: [
    rule('no-cycles', 'Move what both need into a third file.', {}, { circular: true }),
    rule(
      'bytes-alone',
      'shared/bytes imports nothing.',
      { path: '^shared/bytes/' },
      { pathNot: '^shared/bytes/' },
    ),
    rule(
      'smtp-alone',
      'shared/smtp and shared/tls are pure protocol: pass in what they need (hashes, time) from outside.',
      { path: '^shared/(smtp|tls)/' },
      { pathNot: '^shared/(smtp|tls|bytes)/' },
    ),
    rule(
      'shared-pure',
      'shared/ runs everywhere: only shared/ and zod. Put platform code behind a port in electron/ or renderer/.',
      { path: '^shared/', pathNot: '^shared/relay/' },
      { pathNot: ['^shared/', 'node_modules/zod/'] },
    ),
    rule(
      'relay-pure',
      'shared/relay decides without a platform: only shared/, zod, and the libraries that read addresses and patterns.',
      { path: '^shared/relay/' },
      { pathNot: ['^shared/', 'node_modules/(zod|ipaddr\\.js|re2js)/'] },
    ),
    rule(
      'probe-pure',
      'shared/probe reads reports: the contract, transcripts, findings and TLS names only. Take what else it needs as an argument.',
      { path: '^shared/probe/' },
      { pathNot: '^shared/(probe|rpc/contract|transcript|diagnosis|tls)/' },
    ),
    rule(
      'engine-no-host',
      'The engine never imports a host, the page or electron: take it through electron/engine/ports.ts.',
      { path: '^electron/engine/' },
      { path: ['^electron/hosts/', '^renderer/', '^test/', 'node_modules/(electron|ws|react)/'] },
    ),
    rule(
      'host-front-door',
      'A host reaches the engine only through electron/engine/index.ts and ports.ts.',
      { path: '^electron/hosts/' },
      { path: '^electron/engine/', pathNot: '^electron/engine/(index|ports|storeWorker)\\.ts$' },
    ),
    rule(
      'hosts-apart',
      'Hosts never import each other: move what both need to electron/hosts/common or shared/.',
      { path: '^electron/hosts/([^/]+)/' },
      { path: '^electron/hosts/', pathNot: '^electron/hosts/($1|common)/' },
    ),
    rule(
      'electron-only-desktop',
      'Only electron/hosts/desktop imports electron.',
      { pathNot: '^(electron/hosts/desktop/|test/)' },
      { path: 'node_modules/electron/' },
    ),
    rule(
      'page-no-node',
      'The page never imports electron/ or node: modules: add a call to shared/rpc/contract.',
      { path: '^renderer/' },
      { path: ['^electron/', '^test/'] },
    ),
    rule(
      'page-no-node-core',
      'The page never imports node: modules.',
      { path: '^renderer/' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'rpc-only-flows',
      'Only flows (and app, which opens the port) speak rpc: add a function to renderer/flows.',
      { path: '^renderer/(features|ui|model|stores)/' },
      { path: '^shared/rpc/(client|server|wire|port|eventLog)' },
    ),
    rule(
      'ui-stateless',
      'renderer/ui has no state of its own and knows no store or flow: pass props.',
      { path: '^renderer/ui/' },
      { path: '^renderer/(app|flows|stores|features)/' },
    ),
    rule(
      'stores-below',
      'Stores know model and shared only.',
      { path: '^renderer/stores/' },
      { path: '^renderer/(app|flows|features|ui)/' },
    ),
    rule(
      'model-pure',
      'renderer/model is pure.',
      { path: '^renderer/model/' },
      { path: '^renderer/(app|flows|stores|features|ui)/' },
    ),
    rule(
      'flows-below',
      'Flows call rpc and write stores; they never import features.',
      { path: '^renderer/flows/' },
      { path: '^renderer/(app|features|ui)/' },
    ),
    rule(
      'features-below-app',
      'Features do not import app.',
      { path: '^renderer/features/' },
      { path: '^renderer/app/' },
    ),
    rule(
      'features-apart',
      'Features do not import each other: move the shared part to ui/ or model/.',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    ),
    rule(
      'nothing-imports-test',
      'Production code never imports test/.',
      { pathNot: '^test/' },
      { path: '^test/' },
    ),
    rule(
      'no-unresolved',
      'This import does not resolve.',
      {},
      { couldNotResolve: true, pathNot: '^(virtual:)' },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(\\.css$|\\.woff2?$|\\?(url|raw|worker)$)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
