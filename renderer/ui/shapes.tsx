/** Owns: the drawings of the icon set, one per name, on a 16 by 16 grid with a 1.5 stroke. */
import type { ReactNode } from 'react'
import styles from './Icon.module.css'

export const shapes = {
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.5 10.5 14 14" />
    </>
  ),
  server: (
    <>
      <rect x="2.2" y="2.5" width="11.6" height="4.6" rx="1.2" />
      <rect x="2.2" y="8.9" width="11.6" height="4.6" rx="1.2" />
      <path d="M4.8 4.8h.01M4.8 11.2h.01" />
    </>
  ),
  shield: <path d="M8 1.8 13.2 4v4c0 3.2-2.2 5.3-5.2 6.3C5 13.3 2.8 11.2 2.8 8V4L8 1.8Z" />,
  dialogue: <path d="M3 2v12M13 2v12M3 5h7.5M8.5 3 10.5 5l-2 2M13 11H5.5M7.5 9l-2 2 2 2" />,
  send: <path d="M14 2 7.2 8.8M14 2 9.6 14 7.2 8.8 2 6.4 14 2Z" />,
  inbox: (
    <>
      <path d="M2 9.5 4 3h8l2 6.5V13H2V9.5Z" />
      <path d="M2 9.5h3.2L6.4 11.5h3.2l1.2-2H14" />
    </>
  ),
  relay: (
    <>
      <circle cx="3.5" cy="8" r="1.5" />
      <circle cx="12.5" cy="3.8" r="1.5" />
      <circle cx="12.5" cy="12.2" r="1.5" />
      <path d="M5 8h2.2c2 0 1.6-4.2 3.8-4.2M7.2 8c2 0 1.6 4.2 3.8 4.2" />
    </>
  ),
  intercept: (
    <>
      <path d="M1.5 8h3M11.5 8h3M6.5 4.5v7M9.5 4.5v7" />
      <circle cx="8" cy="8" r="5.8" opacity=".5" />
    </>
  ),
  book: (
    <path d="M8 4.2C6.6 3 4.6 2.7 2 2.9v9.5c2.6-.2 4.6.1 6 1.3 1.4-1.2 3.4-1.5 6-1.3V2.9c-2.6-.2-4.6.1-6 1.3Zm0 0v9.5" />
  ),
  settings: (
    <>
      <circle cx="8" cy="8" r="2.1" />
      <path d="M8 1.8v1.7M8 12.5v1.7M1.8 8h1.7M12.5 8h1.7M3.6 3.6l1.2 1.2M11.2 11.2l1.2 1.2M12.4 3.6l-1.2 1.2M4.8 11.2l-1.2 1.2" />
    </>
  ),
  globe: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M1.8 8h12.4M8 1.7c4 4 4 8.6 0 12.6M8 1.7c-4 4-4 8.6 0 12.6" />
    </>
  ),
  again: <path d="M2.5 8a5.5 5.5 0 1 1 1.7 4M2.5 13V9.5H6" />,
  swap: <path d="M2.5 5.2h11M10.8 2.5l2.7 2.7-2.7 2.7M13.5 10.8h-11M5.2 8.1 2.5 10.8l2.7 2.7" />,
  good: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M5.2 8.2 7.2 10.2 11 6" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 5.5v-3h-8v8h3" />
    </>
  ),
  bad: (
    <>
      <path d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4L1.8 10.6V5.4Z" />
      <path d="M6 6l4 4M10 6l-4 4" />
    </>
  ),
  right: <path d="M6 4l4 4-4 4" />,
  left: <path d="M10 4 6 8l4 4" />,
  down: <path d="M4 6l4 4 4-4" />,
  lock: (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1.6" />
      <path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2" />
    </>
  ),
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  check: <path d="M3 8.5 6.5 12 13 4.5" />,
  warn: (
    <>
      <path d="M8 2 14.6 13.5H1.4L8 2Z" />
      <path d="M8 6.5v3M8 11.5h.01" />
    </>
  ),
  hidden: (
    <path d="M2 2l12 12M6.3 3.8A7 7 0 0 1 8 3.5c4.3 0 6.7 4.5 6.7 4.5a11 11 0 0 1-2 2.5M4 4.9A11 11 0 0 0 1.3 8S3.7 12.5 8 12.5c1.2 0 2.2-.3 3.1-.8M6.6 6.7a2 2 0 0 0 2.7 2.7" />
  ),
  eye: (
    <>
      <path d="M1.3 8S3.7 3.5 8 3.5 14.7 8 14.7 8 12.3 12.5 8 12.5 1.3 8 1.3 8Z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  edit: <path d="M10.5 2.8l2.7 2.7L6 12.7l-3.3.6.6-3.3 7.2-7.2Z" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 4.5V8l2.3 1.5" />
    </>
  ),
  plug: <path d="M6 2v3M10 2v3M4.5 5h7v3a3.5 3.5 0 0 1-7 0V5ZM8 11.5V14" />,
  unplug: <path d="M6 2v3M10 2v3M4.5 5h7v3a3.5 3.5 0 0 1-7 0V5ZM8 11.5V14M2 14 14 2" />,
  neutral: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M5 8h6" />
    </>
  ),
  paused: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M6.5 6v4M9.5 6v4" />
    </>
  ),
  live: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <circle cx="8" cy="8" r="2.8" className={styles.fill} />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M6.2 6.4a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.9.7-.9 1.3M8 11.6v.2" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 7.3v3.5M8 5.2h.01" />
    </>
  ),
  compare: (
    <>
      <path d="M2 3.5h7M2 8h12M2 12.5h4" />
      <path d="M12 3.5h2M9 12.5h5" opacity=".45" />
    </>
  ),
  probe: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <circle cx="8" cy="8" r="1.2" className={styles.fill} />
      <path d="M8 1v2.5M8 12.5V15M1 8h2.5M12.5 8H15" />
    </>
  ),
  import: <path d="M8 2v7.5M5 6.8 8 9.8l3-3M2.5 11v2.5h11V11" />,
  export: <path d="M8 10V2M5 4.8 8 2l3 2.8M3 8v6h10V8" />,
  outside: <path d="M9 2.5h4.5V7M13.2 2.8 7.5 8.5M11.5 9.5v4h-9v-9h4" />,
  filter: <path d="M2 4h12M4.5 8h7M6.5 12h3" />,
  plus: <path d="M8 3v10M3 8h10" />,
  mail: (
    <>
      <rect x="2" y="3.5" width="12" height="9" rx="1.5" />
      <path d="m2.5 4.5 5.5 4 5.5-4" />
    </>
  ),
  attachment: (
    <path d="M12.8 7.3 7.7 12.4a3 3 0 0 1-4.3-4.3l5.5-5.5a2 2 0 0 1 2.9 2.9l-5.4 5.3a1 1 0 0 1-1.5-1.4l4.7-4.7" />
  ),
  link: <path d="M6.5 3H3v10h10V9.5M9 2.5h4.5V7M13 3 7.5 8.5" />,
  'to-server': <path d="M2.5 8h11M9.5 4l4 4-4 4" />,
  'to-client': <path d="M13.5 8h-11M6.5 4l-4 4 4 4" />,
  step: (
    <>
      <path d="M3 3.2v9.6L10 8 3 3.2Z" className={styles.fill} />
      <path d="M12.5 3.5v9" />
    </>
  ),
  first: (
    <>
      <path d="M13 3.2v9.6L6.5 8 13 3.2Z" className={styles.fill} />
      <path d="M3.5 3.5v9" />
    </>
  ),
  back: <path d="M11.5 3.2v9.6L4.5 8l7-4.8Z" className={styles.fill} />,
  run: <path d="M4.5 2.8v10.4L13 8 4.5 2.8Z" className={styles.fill} />,
  stop: <rect x="3.5" y="3.5" width="9" height="9" rx="1.2" className={styles.fill} />,
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  key: (
    <>
      <circle cx="5" cy="11" r="2.6" />
      <path d="M7 9l6.5-6.5M11 5l2 2" />
    </>
  ),
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.2" />,
  certificate: (
    <>
      <rect x="2" y="2.5" width="12" height="8" rx="1.2" />
      <path d="M4.5 5.5h4M4.5 7.8h2.5" />
      <circle cx="11" cy="9.5" r="2" />
      <path d="M10 11.3V14.5l1-.8 1 .8v-3.2" />
    </>
  ),
  file: <path d="M3.5 1.8h6L12.5 5v9.2h-9V1.8ZM9.3 1.8V5.2h3.2" />,
  person: (
    <>
      <circle cx="8" cy="5.5" r="2.8" />
      <path d="M2.8 14c.5-3 2.5-4.5 5.2-4.5s4.7 1.5 5.2 4.5" />
    </>
  ),
  trash: <path d="M2.5 4h11M6 4V2.5h4V4M4 4l.7 9.5h6.6L12 4M6.7 6.8v4M9.3 6.8v4" />,
  panel: (
    <>
      <rect x="2" y="2.8" width="12" height="10.4" rx="1.5" />
      <path d="M10 2.8v10.4" />
    </>
  ),
  list: <path d="M2.5 4h.01M2.5 8h.01M2.5 12h.01M5.5 4h8M5.5 8h8M5.5 12h8" />,
  star: <path d="m8 1.9 1.9 3.9 4.2.6-3 3 .7 4.2L8 11.6l-3.8 2 .7-4.2-3-3 4.2-.6Z" />,
  theme: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 1.7a6.3 6.3 0 0 1 0 12.6Z" className={styles.fill} />
    </>
  ),
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof shapes
