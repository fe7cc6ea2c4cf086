/** Owns: reading the run of many messages. */
import { useField } from '#renderer/flows/services.ts'
import type { ManyStore } from '#renderer/stores/many.ts'

/** One field of it, or something kept in it: never a new object. */
export const useMany = <T>(select: (many: ManyStore) => T): T => useField((stores) => stores.many, select)
