/**
 * Owns: how components reach the page's client and stores. Here and not in app/, because features may import flows but
 * not app; app/services.tsx builds the value and provides it.
 */
import { createContext, useContext } from 'react'
import { useStore, type StoreApi } from 'zustand'
import type { RpcClient } from '#shared/rpc/types.ts'
import type { ConnectionStore } from '../stores/connection.ts'
import type { Stores } from '../stores/index.ts'
import type { ShareStore } from '../stores/share.ts'
import type { SettingsStore } from '../stores/settings.ts'
import type { TranscriptsStore } from '../stores/transcripts.ts'
import type { ViewStore } from '../stores/view.ts'

export interface Services {
  client: RpcClient
  stores: Stores
}

export const ServicesContext = createContext<Services | null>(null)

export function useServices(): Services {
  const services = useContext(ServicesContext)
  if (services === null) throw new Error('Services are missing: render inside <ServicesProvider>.')
  return services
}

/**
 * One field of one store, as `useField((stores) => stores.view, (view) => view.filter)`. Select a field or something
 * kept in the store, never a new object: the component is drawn again whenever the selection is not the same.
 */
export function useField<S, T>(pick: (stores: Stores) => StoreApi<S>, select: (state: S) => T): T {
  return useStore(pick(useServices().stores), select)
}

export const useConnection = <T>(select: (state: ConnectionStore) => T): T =>
  useStore(useServices().stores.connection, select)
/** The engine does not answer: what is shown is what it said last. */
export const useAway = (): boolean => useConnection(({ state }) => state === 'lost')
export const useSettings = <T>(select: (state: SettingsStore) => T): T =>
  useStore(useServices().stores.settings, select)
export const useShare = <T>(select: (state: ShareStore) => T): T =>
  useStore(useServices().stores.share, select)
export const useTranscripts = <T>(select: (state: TranscriptsStore) => T): T =>
  useStore(useServices().stores.transcripts, select)
export const useView = <T>(select: (state: ViewStore) => T): T => useStore(useServices().stores.view, select)
