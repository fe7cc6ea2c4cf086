/** Owns: the menu of profiles at the head of the form: which one it is, what can be done with it, and where to start from. */
import { useEffect, useRef } from 'react'
import {
  askName,
  chooseProfile,
  emptyForm,
  exportProfiles,
  followProfiles,
  importProfiles,
  removeProfile,
  saveProfile,
} from '#renderer/flows/profiles.ts'
import { followServer } from '#renderer/flows/server.ts'
import { useField, useServices, type Services } from '#renderer/flows/services.ts'
import { atListener } from '#renderer/model/compose.ts'
import { isChanged } from '#renderer/model/profiles.ts'
import { clientTls, mainListener, portOf, type ListenerStatus } from '#renderer/model/server.ts'
import { currentOf } from '#renderer/stores/profiles.ts'
import type { Profile } from '#shared/rpc/contract/profile.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { Menu, type MenuEntry } from '#renderer/ui/Menu.tsx'
import styles from './Profiles.module.css'
import { useDraft } from './useDraft.ts'

/** Aims the form at the local server while that listens. */
function atLocalServer({ stores }: Services, listener: ListenerStatus): void {
  const { draft, change, forgetProblem } = stores.compose.getState()
  change(atListener(draft, portOf(listener), clientTls(listener.tls)))
  forgetProblem('host')
  forgetProblem('port')
}

const listed = (
  services: Services,
  profiles: readonly Profile[],
  current: Profile | undefined,
): MenuEntry[] =>
  profiles.map((profile) => ({
    id: `profile-${profile.id}`,
    group: 'profiles',
    label: profile.name,
    ...(profile === current ? { icon: 'check' as const } : {}),
    onAction: () => chooseProfile(services, profile),
  }))

const acts = (services: Services, current: Profile | undefined, changed: boolean): MenuEntry[] => [
  ...(current && changed
    ? [{ id: 'save', group: 'acts', label: 'Save the changes', note: current.name, onAction: () => void saveProfile(services) }]
    : []),
  { id: 'save-as', group: 'acts', label: 'Save as a new profile …', icon: 'plus', onAction: () => askName(services, 'save') },
  ...(current
    ? ([
        { id: 'rename', group: 'acts', label: 'Rename …', icon: 'edit', onAction: () => askName(services, 'rename') },
        { id: 'duplicate', group: 'acts', label: 'Duplicate …', icon: 'copy', onAction: () => askName(services, 'duplicate') },
        { id: 'delete', group: 'acts', label: 'Delete', icon: 'trash', tone: 'danger', onAction: () => void removeProfile(services) },
      ] as const)
    : []),
] // prettier-ignore

const starts = (services: Services, listener: ListenerStatus | undefined): MenuEntry[] => [
  ...(listener
    ? [{ id: 'local', group: 'start', label: 'Start from the local server', icon: 'server' as const, onAction: () => atLocalServer(services, listener) }]
    : []),
  { id: 'provider', group: 'start', label: 'Start from a provider …', icon: 'globe', onAction: () => services.stores.profiles.getState().set({ starting: true }) },
  { id: 'empty', group: 'start', label: 'Empty the form', icon: 'again', onAction: () => emptyForm(services) },
] // prettier-ignore

export function ProfileMenu() {
  const services = useServices()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => followProfiles(services), [services])
  useEffect(() => followServer(services), [services])
  const { draft } = useDraft()
  const profiles = useField((all) => all.profiles, (state) => state.profiles) // prettier-ignore
  const current = useField((all) => all.profiles, currentOf) // prettier-ignore
  const status = useField((all) => all.server, (server) => server.status) // prettier-ignore
  const changed = current !== undefined && isChanged(draft, current)
  const name = current ? current.name : profiles.length === 0 ? 'Profiles' : 'No profile'
  const files: MenuEntry[] = [
    { id: 'import', group: 'files', label: 'Import …', icon: 'import', onAction: () => input.current?.click() },
    { id: 'export', group: 'files', label: 'Export this one', note: 'without secrets', icon: 'export', disabled: !current, onAction: () => exportProfiles(services, 'current') },
    { id: 'export-all', group: 'files', label: 'Export all', note: 'without secrets', icon: 'export', disabled: profiles.length === 0, onAction: () => exportProfiles(services, 'all') },
  ] // prettier-ignore
  return (
    <>
      <Menu
        label="Profiles"
        trigger={
          <Button className={styles.trigger} aria-label={`Profile: ${name}${changed ? ', changed' : ''}`}>
            <Icon name="person" size="s" />
            <span className={styles.name}>{name}</span>
            {changed && <i className={styles.changed} />}
            <Icon name="down" size="s" />
          </Button>
        }
        items={[
          ...listed(services, profiles, current),
          ...acts(services, current, changed),
          ...starts(services, mainListener(status)),
          ...files,
        ]}
      />
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        className="visuallyHidden"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          // The same file may be chosen again.
          event.target.value = ''
          if (file) void importProfiles(services, file)
        }}
      />
    </>
  )
}
