/** Owns: rendering page components over the fake engine, with fresh stores. */
import { act, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { ServicesContext, type Services } from '#renderer/flows/services.ts'
import { createStores } from '#renderer/stores/index.ts'
import { FakeEngine, type FakeOptions } from './fakeEngine.ts'

export function memoryStorage() {
  const map = new Map<string, string>()
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
  }
}

export function makeServices(options: FakeOptions = {}) {
  const engine = new FakeEngine(options)
  const services: Services & { client: FakeEngine['client'] } = {
    client: engine.client,
    stores: createStores(memoryStorage()),
  }
  return { engine, services, stores: services.stores }
}

export function renderWith(node: ReactNode, options: FakeOptions = {}, made = makeServices(options)) {
  const view = render(<ServicesContext value={made.services}>{node}</ServicesContext>)
  return { ...made, ...view }
}

/** Lets what was asked for arrive and be drawn. */
export const settle = () => act(async () => new Promise<void>((resolve) => setTimeout(resolve, 0)))
