/** Owns: whether this computer's own authority is trusted for the host of the form. */
import { useConnection } from '#renderer/flows/services.ts'
import { isLoopback } from '#renderer/model/hosts.ts'
import { useDraft } from './useDraft.ts'

export function useLocalAuthority(): boolean {
  const { draft } = useDraft()
  const known = useConnection((connection) => connection.info?.caPem !== undefined)
  return known && isLoopback(draft.host.trim()) && draft.tls !== 'none'
}
