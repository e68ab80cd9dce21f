package parley.acceptance.faults;

/**
 * One repetition of a cell, in seconds; not a number where it does not apply.
 *
 * @param quietPause the longest pause in the window without a fault
 * @param faultPause the longest pause in the equally long window with it
 * @param quietDelay the 99th percentile of posts' delays in the window without a fault
 * @param faultDelay the same with it
 * @param backAfter when what was hit served again: after the fault for what heals by itself, else
 *     after it was healed
 * @param returnAfter the longest that a user whose stream broke took to log in through another host
 * @param libraryQuietPause the longest pause of a user of the library in the window without a fault
 * @param libraryFaultPause the same with it
 * @param libraryUsersHit how many users of the library used a frontend that was hit
 */
record Measurement(
    double quietPause,
    double faultPause,
    double quietDelay,
    double faultDelay,
    double backAfter,
    double returnAfter,
    double libraryQuietPause,
    double libraryFaultPause,
    double libraryUsersHit) {

  double pauseRatio() {
    return faultPause / quietPause;
  }
}
