/**
 * Owns: running the import rules of .dependency-cruiser.cjs over the whole tree. dependency-cruiser parses with swc here,
 * since TypeScript 7 has no compiler API, but asks swc to read every file as .ts: a .tsx file must be read as one.
 */
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

interface Swc {
  parseFileSync(file: string, options: object): unknown
}

const root = resolve(import.meta.dirname, '..')
const require = createRequire(import.meta.url)
const swc = require('@swc/core') as Swc
const parse = swc.parseFileSync
swc.parseFileSync = (file, options) => parse(file, { ...options, tsx: file.endsWith('.tsx') })

process.chdir(root)
const { cruise } = await import('dependency-cruiser')
const { forbidden, options } = require(resolve(root, '.dependency-cruiser.cjs')) as {
  forbidden: object[]
  options: object
}
const rules = { ruleSet: { forbidden }, validate: true, outputType: 'err', ...options } as Parameters<
  typeof cruise
>[1]
const result = await cruise(['electron', 'renderer', 'shared', 'test'], rules)
console.log(typeof result.output === 'string' ? result.output : JSON.stringify(result.output))
process.exitCode = result.exitCode
