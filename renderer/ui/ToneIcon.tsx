/** Owns: the glyph, word and colour of a verdict, always together. Without a shown word the glyph has a spoken one. */
import { cx } from './cx.ts'
import { Icon, type IconName, type IconProps } from './Icon.tsx'
import styles from './ToneIcon.module.css'

export type Tone =
  'good' | 'warn' | 'bad' | 'later' | 'neutral' | 'info' | 'paused' | 'live' | 'open' | 'sealed' | 'cut'

/** The glyph and the usual word of each tone. */
export const tones: Record<Tone, { icon: IconName; word: string }> = {
  good: { icon: 'good', word: 'Works' },
  warn: { icon: 'warn', word: 'Look at this' },
  bad: { icon: 'bad', word: 'Refused' },
  later: { icon: 'clock', word: 'Try later' },
  neutral: { icon: 'neutral', word: 'Broken off' },
  info: { icon: 'info', word: 'For information' },
  paused: { icon: 'paused', word: 'Paused' },
  live: { icon: 'live', word: 'Live' },
  open: { icon: 'eye', word: 'In clear' },
  sealed: { icon: 'lock', word: 'Sealed' },
  cut: { icon: 'unplug', word: 'Cut' },
}

export interface ToneIconProps {
  tone: Tone
  /** Shown beside the glyph. */
  word?: string
  /** Says the usual word to readers; off when a visible text beside it says the same. */
  spoken?: boolean
  size?: IconProps['size']
}

export function ToneIcon({ tone, word, spoken = false, size = 's' }: ToneIconProps) {
  const known = tones[tone]
  return (
    <span className={cx(styles.tone, styles[tone])}>
      <Icon name={known.icon} {...(size ? { size } : {})} />
      {word ?? (spoken && <span className="visuallyHidden">{known.word}</span>)}
    </span>
  )
}
