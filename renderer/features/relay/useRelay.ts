/** Owns: reading the relay's store, and the time by which its words are written. */
import { useEffect, useState } from 'react'
import { useField } from '#renderer/flows/services.ts'
import type { RelayStore } from '#renderer/stores/relay.ts'

export const useRelay = <T>(select: (relay: RelayStore) => T): T => useField((stores) => stores.relay, select)

/** Milliseconds; "in 23 min" is right again this often. */
const stepMs = 15_000

export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs)
    return () => clearInterval(timer)
  }, [])
  return now
}
