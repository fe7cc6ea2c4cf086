/** Owns: reading the server store. */
import { useField } from '#renderer/flows/services.ts'
import type { ServerStore } from '#renderer/stores/server.ts'

export const useServer = <T>(select: (server: ServerStore) => T): T =>
  useField((stores) => stores.server, select)
