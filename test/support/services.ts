/** Owns: services for tests of flows and rooms: fresh stores over memory, a client that talks to nobody. */
import type { Services } from '#renderer/flows/services.ts'
import { createStores } from '#renderer/stores/index.ts'
import { FakeClient } from './fakeClient.ts'

export function fakeServices(): Services & { client: FakeClient; saved: Map<string, string> } {
  const saved = new Map<string, string>()
  const stores = createStores({
    getItem: (key) => saved.get(key) ?? null,
    setItem: (key, value) => void saved.set(key, value),
  })
  return { client: new FakeClient(), stores, saved }
}

/** Lets everything that is already answered arrive. */
export const arrive = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
