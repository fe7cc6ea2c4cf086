/** Owns: hosts that mail may go to, typed one by one and saved at once by whoever shows them. */
import { useRef, useState, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Chip } from './Chip.tsx'
import styles from './HostList.module.css'
import { TextField } from './TextField.tsx'

export interface HostListProps {
  /** Undefined until they are known: nothing can be added to what nobody knows. */
  hosts: readonly string[] | undefined
  note: ReactNode
  placeholder: string
  /** Why they could not be read; of what could not be saved the list knows itself. */
  problem?: string | undefined
  /** `added`: one that was typed. Answers with what is wrong, in words; undefined when they were saved. */
  save: (hosts: string[], added?: string) => Promise<string | undefined>
}

export function HostList({ hosts, note, placeholder, problem, save }: HostListProps) {
  const [typed, setTyped] = useState('')
  const [refused, setRefused] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const put = async (next: string[], added?: string) => {
    const said = await save(next, added)
    setRefused(said)
    return said === undefined
  }
  const add = async () => {
    const host = typed.trim()
    if (host !== '' && hosts !== undefined && (await put([...hosts, host], host))) setTyped('')
  }
  const remove = async (host: string) => {
    // The button is gone with its host.
    if (await put((hosts ?? []).filter((one) => one !== host))) field.current?.focus()
  }
  return (
    <fieldset className={styles.list}>
      <legend>Allowed hosts</legend>
      <p className={styles.note}>{note}</p>
      {hosts !== undefined && hosts.length > 0 && (
        <div className={styles.hosts}>
          {hosts.map((host) => (
            <Chip key={host} mono onRemove={() => void remove(host)} removeLabel={`Allow ${host} no longer`}>
              {host}
            </Chip>
          ))}
        </div>
      )}
      <div className={styles.add}>
        <TextField
          label="Allow a host"
          hideLabel
          mono
          inputRef={field}
          placeholder={placeholder}
          value={typed}
          onChange={setTyped}
          error={refused ?? problem}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            void add()
          }}
        />
        <Button isDisabled={typed.trim() === '' || hosts === undefined} onPress={() => void add()}>
          Allow
        </Button>
      </div>
    </fieldset>
  )
}
