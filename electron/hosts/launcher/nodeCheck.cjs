'use strict'
/** Owns: one question before any script runs: is this the Node that the project brings? */
const wanted = 24
const major = Number(process.versions.node.split('.')[0])
if (major < wanted) {
  process.stderr.write(
    `Relayscope needs Node ${wanted}, which it brings as the npm package "node", but this is Node ${process.versions.node}.\n` +
      'Its install script did not run. Run "npm rebuild node", or "npm ci" with install scripts allowed, and try again.\n',
  )
  process.exit(1)
}
