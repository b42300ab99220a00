/** The node's dates, µs since the epoch. */
import { fromCivil } from '../base/time.ts';

/** 2025-08-19 00:19:00 UTC: kubeadm has just written its files, and the node boots. */
export const BIRTH = fromCivil(2025, 8, 19, 0, 19);
/** When the image of the node was made. */
export const OS_INSTALLED = fromCivil(2025, 8, 18, 23, 22, 41);
export const PACKAGES_BUILT = fromCivil(2025, 8, 12, 7, 14, 9);
