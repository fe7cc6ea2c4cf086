/**
 * Owns: what a person prefers. Saved by allow-list under one versioned key, parsed on load: anything unknown or wrong
 * falls back to its default and is forgotten at the next change. No host, address or secret is ever kept here.
 */
import { exportFormats } from '#shared/transcript/export/types.ts'
import { z } from 'zod'
import { createStore } from 'zustand/vanilla'

export const settingsKey = 'relayscope.settings'
const version = 1

/** What was shared last, to be offered again: the format, and what of a dialogue is hidden. Secrets always are. */
export const ShareChoice = z.object({
  format: z.enum(exportFormats).catch('markdown'),
  addresses: z.boolean().catch(true),
  names: z.boolean().catch(true),
  bodies: z.boolean().catch(true),
  /** Commands alone keep names and addresses: with stand-ins they reach nobody. What else is shared stays hidden. */
  keepInCommands: z.boolean().catch(false),
})
export type ShareChoice = z.infer<typeof ShareChoice>

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  /** Single letters act outside fields (WCAG 2.1.4 asks for a way to switch them off). */
  singleKeys: z.boolean().catch(true),
  /** How raw bytes are shown first. */
  bytes: z.enum(['text', 'hex']).catch('hex'),
  share: ShareChoice.catch(ShareChoice.parse({})),
})
export type Settings = z.infer<typeof Settings>

/** What of a browser's storage is used; tests give a Map. */
export interface Storage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

export interface SettingsStore extends Settings {
  change: (settings: Partial<Settings>) => void
}

export function loadSettings(storage: Storage): Settings {
  let saved: unknown = null
  try {
    saved = JSON.parse(storage.getItem(settingsKey) ?? 'null')
  } catch {
    // Not ours or cut short: the defaults are a good answer.
  }
  const known = z.object({ version: z.literal(version), settings: Settings }).safeParse(saved)
  return known.success ? known.data.settings : Settings.parse({})
}

export const createSettingsStore = (storage: Storage) =>
  createStore<SettingsStore>()((set, get) => ({
    ...loadSettings(storage),
    change: (change) => {
      set(change)
      const settings = Settings.parse(get())
      try {
        storage.setItem(settingsKey, JSON.stringify({ version, settings }))
      } catch {
        // Storage is full or forbidden: the setting holds for this window.
      }
    },
  }))
