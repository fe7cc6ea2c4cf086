/** Owns: whether a change of rules or settings may open a way for what was held, or close one. Pure. */
import type { RelayRulesNow } from '../types.ts'

const settingsText = ({ settings, allowed, name }: RelayRulesNow): string =>
  // Pausing opens no way.
  JSON.stringify([{ ...settings, paused: false }, allowed, name])

const secretsText = ({ secrets }: RelayRulesNow): string => JSON.stringify([...secrets])

/** Policies may be large: a change of settings or of allowed hosts leaves the object as it was. */
export const changesWays = (before: RelayRulesNow, now: RelayRulesNow): boolean =>
  settingsText(before) !== settingsText(now) ||
  secretsText(before) !== secretsText(now) ||
  (before.policy !== now.policy && JSON.stringify(before.policy) !== JSON.stringify(now.policy))
