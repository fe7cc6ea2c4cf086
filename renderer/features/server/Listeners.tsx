/** Owns: the listeners of the local server, the one that is edited, and the preset that is looked at. */
import { useState } from 'react'
import type { ListenerStatus } from '#renderer/model/server.ts'
import type { Limits } from '#renderer/model/serverLimits.ts'
import { listenerPresets, type ListenerPreset } from '#shared/knowledge/listenerPresets.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import type { IconName } from '#renderer/ui/Icon.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { ListenerCard } from './ListenerCard.tsx'
import { ListenerDialog } from './listener/ListenerDialog.tsx'
import { PresetDialog } from './PresetDialog.tsx'
import styles from './Room.module.css'

const icons: Record<ListenerPreset['id'], IconName> = {
  submission: 'key',
  mx: 'mail',
  old: 'clock',
  anything: 'inbox',
  'four-ports': 'list',
}

function Presets({ onPick }: { onPick: (preset: ListenerPreset) => void }) {
  return (
    <Menu
      label="Presets"
      trigger={
        <Button tone="quiet" icon="list">
          Presets
        </Button>
      }
      items={listenerPresets.map((preset) => ({
        id: preset.id,
        icon: icons[preset.id],
        label: preset.name,
        description: preset.words,
        onAction: () => onPick(preset),
      }))}
    />
  )
}

function Nothing({ onPick, onAdd }: { onPick: (preset: ListenerPreset) => void; onAdd: () => void }) {
  const [four] = listenerPresets.filter(({ id }) => id === 'four-ports')
  return (
    <EmptyState
      icon="server"
      title="There is no listener yet"
      actions={
        <>
          {four && (
            <Button tone="primary" onPress={() => onPick(four)}>
              {four.name}
            </Button>
          )}
          <Button onPress={onAdd}>Add your own</Button>
        </>
      }
    >
      Add one, and applications can connect.
    </EmptyState>
  )
}

export interface ListenersProps {
  listeners: readonly ListenerStatus[]
  limits: Limits
}

export function Listeners({ listeners, limits }: ListenersProps) {
  const [editing, setEditing] = useState<number | 'new' | null>(null)
  const [preset, setPreset] = useState<ListenerPreset | null>(null)
  return (
    <section className={styles.section} aria-labelledby="listeners">
      <div className={styles.sectionHead}>
        <h2 id="listeners">Listeners</h2>
        <span className={styles.acts}>
          <Presets onPick={setPreset} />
          <Button tone="quiet" icon="plus" onPress={() => setEditing('new')}>
            Add a listener
          </Button>
        </span>
      </div>
      {listeners.length === 0 && <Nothing onPick={setPreset} onAdd={() => setEditing('new')} />}
      <div className={styles.cards}>
        {listeners.map((listener, place) => (
          <ListenerCard
            key={`${listener.address} ${listener.port} ${place}`}
            listener={listener}
            all={listeners}
            onEdit={() => setEditing(place)}
          />
        ))}
      </div>
      {editing !== null && (
        <ListenerDialog
          listener={editing === 'new' ? null : (listeners[editing] ?? null)}
          all={listeners}
          limits={limits}
          onClose={() => setEditing(null)}
        />
      )}
      {preset && <PresetDialog preset={preset} all={listeners} onClose={() => setPreset(null)} />}
    </section>
  )
}
