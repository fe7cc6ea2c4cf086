/** Owns: limits of this listener alone; an empty field is as for all. */
import { limitForAll, ownLimitFields } from '#renderer/model/listenerLimits.ts'
import type { Limits } from '#renderer/model/serverLimits.ts'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Form.module.css'
import type { PartProps } from './part.ts'

export function LimitsPart({ draft, change, problems, limits }: PartProps & { limits: Limits }) {
  return (
    <>
      <p className={styles.note}>
        An empty field is as for all listeners; what that is stands in it. Connections are counted here as
        well as in all.
      </p>
      <div className={styles.limits}>
        {ownLimitFields.map((field) => (
          <TextField
            key={field.key}
            label={field.label}
            mono
            inputMode="numeric"
            placeholder={limitForAll(field, limits)}
            value={draft.limits[field.key] ?? ''}
            onChange={(text) => change({ limits: { ...draft.limits, [field.key]: text } })}
            hint={field.hint}
            error={problems[`limits.${field.key}`]}
            after={<span className={styles.unit}>{field.unit}</span>}
          />
        ))}
      </div>
    </>
  )
}
