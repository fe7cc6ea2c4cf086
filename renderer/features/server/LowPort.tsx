/** Owns: why a port is not permitted, and what permits it on each system. */
import { useState } from 'react'
import type { ListenerStatus } from '#renderer/model/server.ts'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Tabs } from '#renderer/ui/Tabs.tsx'
import { CommandLine } from './CommandLine.tsx'
import styles from './LowPort.module.css'

export type Mapped = NonNullable<ListenerStatus['mapped']>

function Remedies({ remedies }: { remedies: Mapped['remedies'] }) {
  return (
    <ol className={styles.ways}>
      {remedies.map(({ words, command }) => (
        <li key={words}>
          <p>{words}</p>
          {command !== undefined && <CommandLine command={command} />}
        </li>
      ))}
    </ol>
  )
}

export interface LowPortProps {
  port: number
  mapped: Mapped
  onClose: () => void
}

export function LowPort({ port, mapped, onClose }: LowPortProps) {
  // That of this computer comes first.
  const systems = [...new Set(mapped.remedies.map(({ system }) => system))]
  const [system, setSystem] = useState(systems[0] ?? '')
  return (
    <Dialog
      open
      wide
      title={`Port ${port} is not permitted here`}
      onClose={onClose}
      actions={
        <Button size="l" onPress={onClose}>
          Close
        </Button>
      }
    >
      <div className={styles.body}>
        <p>
          {mapped.why} The same rules hold there. Once it is permitted, switch the listener off and on; a
          right given to the program needs the program started anew.
        </p>
        <Tabs
          label="System"
          selected={system}
          onSelect={setSystem}
          items={systems.map((id) => ({
            id,
            label: id,
            content: <Remedies remedies={mapped.remedies.filter((one) => one.system === id)} />,
          }))}
        />
      </div>
    </Dialog>
  )
}
