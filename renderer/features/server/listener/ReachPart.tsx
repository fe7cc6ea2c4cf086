/** Owns: the port that is taken instead where the own one is not permitted, and consent to be reached from outside. */
import { readPort } from '#renderer/model/listenerDraft.ts'
import { mappedPortOf } from '#shared/knowledge/lowPorts.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Form.module.css'
import type { PartProps } from './part.ts'

export function ReachPart({ draft, change, problems }: PartProps) {
  const usual = mappedPortOf(readPort(draft.port) ?? 0)
  return (
    <>
      <div className={styles.mapped}>
        <TextField
          label="Port instead"
          mono
          inputMode="numeric"
          placeholder={usual === 0 ? 'none' : String(usual)}
          value={draft.mappedPort}
          onChange={(mappedPort) => change({ mappedPort })}
          error={problems.mappedPort}
        />
        <p className={styles.note}>
          Ports below 1024 are often for the administrator only. Where the system does not permit the port,
          this one is listened on instead, and the card says why and what to do. 0: none.
        </p>
      </div>
      <Checkbox
        selected={draft.allowOutside}
        onChange={(allowOutside) => change({ allowOutside })}
        hint="Needed for an address that is not of this computer alone, such as 0.0.0.0."
      >
        Other machines may reach it
      </Checkbox>
      {draft.allowOutside && (
        <Banner tone="warn">
          {draft.relay
            ? 'Whoever reaches this computer can try to relay. Only what the relay’s rules allow goes on; rules that let strangers in listen on this computer only.'
            : 'Whoever reaches this computer can leave mail here. It is kept in the Inbox and never passed on.'}
        </Banner>
      )}
    </>
  )
}
