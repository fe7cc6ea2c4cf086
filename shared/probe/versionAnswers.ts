/** Owns: whether a server that does not take a TLS version has said so. */
import type { TlsRow } from '../rpc/contract/probeReport.ts'

type Versions = Pick<TlsRow, 'versions'>['versions']

/**
 * An alert, or another version in its place, is a refusal. Silence, an end or something that is no TLS is one only from a
 * server that takes other versions: from one that makes no TLS at all nothing follows for any of them.
 */
export const isRefused = ({ refusal = '' }: Versions[number], all: Versions): boolean =>
  /^(?:alert |the server (?:answered with|chose) )/.test(refusal) || all.some(({ accepted }) => accepted)
