/**
 * Owns: the order of test files: those known to take long begin, so that none of them runs alone at the end. Vitest orders by
 * what it measured before, of which a fresh copy has nothing.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Beneath test/; longest first. */
const long = [
  'peers/tlsScan',
  'peers/badInput',
  'e2e/sendStops',
  'peers/relayKill',
  'peers/relayQueue',
  'e2e/sendResults',
  'e2e/sendSignIn',
  'peers/postfix',
  'e2e/sendDetail',
  'e2e/transport',
  'peers/relay',
  'e2e/relay',
  'e2e/relayTries',
  'e2e/relayForms',
  'e2e/screens',
  'e2e/send',
  'e2e/sendMany',
  'peers/probe',
  'peers/tshark',
  'peers/commands',
  'peers/relayNeighbours',
  'e2e/replyActs',
  'peers/import',
  'peers/badInputServe',
].map((name) => `/test/${name}.test.ts`)

const place = ({ moduleId }: TestSpecification): number => {
  const found = long.findIndex((name) => moduleId.endsWith(name))
  return found === -1 ? long.length : found
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => place(a) - place(b) || a.moduleId.localeCompare(b.moduleId))
  }
}
