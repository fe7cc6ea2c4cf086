/** Owns: which extensions are announced and taken, and what becomes of bare line ends. */
import { extensionMeaning } from '#renderer/model/listenerWords.ts'
import { type ServerExtension, serverExtensions } from '#shared/smtp/machine/options.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import styles from './Form.module.css'
import type { PartProps } from './part.ts'
import { Wrong } from './Wrong.tsx'

function Extensions({ draft, change, drop, problems }: PartProps) {
  const chosen: readonly ServerExtension[] = draft.extensions ?? serverExtensions
  const toggle = (name: ServerExtension, on: boolean) => {
    const next = serverExtensions.filter((one) => (one === name ? on : chosen.includes(one)))
    if (next.length === serverExtensions.length) drop('extensions')
    else change({ extensions: next })
  }
  return (
    <fieldset className={styles.choices}>
      <legend>Announced, and taken; what is not is refused</legend>
      <div className={styles.grid}>
        {serverExtensions.map((name) => (
          <Checkbox
            key={name}
            selected={chosen.includes(name)}
            onChange={(on) => toggle(name, on)}
            hint={extensionMeaning[name]}
          >
            <span className="mono">{name}</span>
          </Checkbox>
        ))}
      </div>
      <Wrong words={problems.extensions} />
      <p className={styles.note}>STARTTLS and AUTH follow from TLS and sign-in.</p>
    </fieldset>
  )
}

function BareLineEnds({ draft, change }: PartProps) {
  const rule = draft.bareLineEnds ?? 'refuse'
  return (
    <div className={styles.block}>
      <Segmented
        label="Content with a bare CR or LF"
        value={rule}
        options={[
          { value: 'refuse', label: 'Refuse the message' },
          { value: 'keep', label: 'Keep it, and note it' },
        ]}
        onChange={(bareLineEnds) => change({ bareLineEnds })}
      />
      {rule === 'refuse' ? (
        <p className={styles.note}>
          As servers do since the smuggling attacks of 2023. RFC 5321 §2.3.8 allows no bare CR or LF.
        </p>
      ) : (
        <Banner tone="warn">
          Kept as it came and said in a finding. A bare line end never ends a message here, so nothing is
          smuggled in; a server that passes such mail on may be made to see a second message in it.
        </Banner>
      )}
    </div>
  )
}

export function ProtocolPart(props: PartProps) {
  return (
    <>
      <Extensions {...props} />
      <BareLineEnds {...props} />
    </>
  )
}
