/** Owns: taking a preset among the listeners there are: what it adds, and whose place it takes. */
import type { ListenerPreset } from '#shared/knowledge/listenerPresets.ts'
import { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { isLoopback } from './hosts.ts'
import { addressPort } from './server.ts'

export type PresetWay = 'beside' | 'instead'

/** The preset's listeners as rules, at this address. */
export const presetRules = ({ listeners }: ListenerPreset, address: string): ListenerConfig[] =>
  listeners.map((listener) => ListenerConfig.parse({ ...listener, address: address.trim() }))

const place = ({ address, port }: Pick<ListenerConfig, 'address' | 'port'>) => addressPort(address, port)

/** Those of the listeners that have a port which the preset takes. */
export const displaced = (rules: readonly ListenerConfig[], there: readonly ListenerConfig[]): string[] => {
  const wanted = new Set(rules.map(place))
  return there.filter((one) => one.port !== 0 && wanted.has(place(one))).map(place)
}

/** All listeners with the preset taken: the others stay as they are and in their order. */
export function withPreset(
  rules: readonly ListenerConfig[],
  there: readonly ListenerConfig[],
  way: PresetWay,
): ListenerConfig[] {
  if (way === 'instead') return [...rules]
  const gone = new Set(displaced(rules, there))
  return [...there.filter((one) => !gone.has(place(one))), ...rules]
}

/** A preset is for this computer; to be reached from outside is consented to for each listener. */
export const presetAddressProblem = (address: string): string | undefined =>
  isLoopback(address.trim()) && address.trim() !== 'localhost'
    ? undefined
    : `“${address.trim().slice(0, 60)}” is no address of this computer alone. Write 127.0.0.1 or ::1.`
