# SPDX-License-Identifier: AGPL-3.0-only
# shellcheck shell=bash
# What the scripts at the root share: finding a JDK, Maven and Node, installing Debian packages, building.
# Sourced, never run. Messages go to standard error, so that a script's standard output is its answer only.

# Maven's exit code must survive the filter behind it.
set -o pipefail

JDK_WANTED=25
NODE_WANTED=20
EXIT_PREREQUISITE=3

say() { printf '%s\n' "$*" >&2; }

stop() { # stop CODE MESSAGE...
  local code=$1
  shift
  say "$@"
  exit "$code"
}

# --- JDK -------------------------------------------------------------------------------------------------------

# The major version of the JDK in a folder, asked by running it; fails if there is no compiler or it does not run.
jdk_major() {
  local home=$1 version
  [ -x "$home/bin/java" ] && [ -x "$home/bin/javac" ] || return 1
  version=$("$home/bin/java" -XshowSettings:properties -version 2>&1 </dev/null |
    sed -n 's/^ *java\.specification\.version = *\([0-9][0-9]*\).*/\1/p' | head -n 1) || return 1
  [ -n "$version" ] || return 1
  printf '%s\n' "$version"
}

# The folder that the java on the path belongs to.
jdk_on_path() {
  command -v java >/dev/null 2>&1 || return 0
  java -XshowSettings:properties -version 2>&1 </dev/null | sed -n 's/^ *java\.home = *//p' | head -n 1
}

jdk_folders() {
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  jdk_on_path
  local folder
  for folder in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${SDKMAN_DIR:-${HOME:-/nonexistent}/.sdkman}"/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/*; do
    [ ! -d "$folder" ] || printf '%s\n' "$folder"
  done
}

# Sets and exports JAVA_HOME to a JDK that is new enough, or says where to get one and exits 3.
use_jdk() {
  local home major
  if [ -n "${MYRHIZA_JAVA_HOME:-}" ]; then
    major=$(jdk_major "$MYRHIZA_JAVA_HOME") || major=none
    if [ "$major" = none ] || [ "$major" -lt "$JDK_WANTED" ]; then
      stop "$EXIT_PREREQUISITE" "MYRHIZA_JAVA_HOME=$MYRHIZA_JAVA_HOME is not a JDK of $JDK_WANTED or more (found: $major)."
    fi
    export JAVA_HOME=$MYRHIZA_JAVA_HOME
    return
  fi
  while IFS= read -r home; do
    if major=$(jdk_major "$home") && [ "$major" -ge "$JDK_WANTED" ]; then
      export JAVA_HOME=$home
      return
    fi
  done < <(jdk_folders)
  say "A JDK of $JDK_WANTED or more is needed and was not found."
  say "  Linux:   the package temurin-$JDK_WANTED-jdk or openjdk-$JDK_WANTED-jdk, or SDKMAN (sdk install java $JDK_WANTED-tem)"
  say "  macOS:   brew install openjdk@$JDK_WANTED"
  say "  Windows: winget install EclipseAdoptium.Temurin.$JDK_WANTED.JDK, then run this in WSL or Git Bash"
  stop "$EXIT_PREREQUISITE" "If it is in an unusual place, set MYRHIZA_JAVA_HOME to its folder."
}

# --- Debian packages -------------------------------------------------------------------------------------------

# Installs packages where that is allowed, else prints the command and exits 3: need_packages REASON PACKAGE...
need_packages() {
  local reason=$1
  shift
  local options=(-o DPkg::Lock::Timeout=120 -o Acquire::Retries=3)
  local install=(apt-get "${options[@]}" install -y --no-install-recommends "$@")
  if [ "${MYRHIZA_NO_INSTALL:-}" = 1 ] || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    say "$reason. On Debian or Ubuntu install it with:"
    stop "$EXIT_PREREQUISITE" "  sudo ${install[*]}"
  fi
  say "$reason. Installing it:"
  say "  apt-get ${options[*]} update"
  apt-get "${options[@]}" update >&2 </dev/null || say "apt-get update failed; trying with the lists that are there"
  say "  ${install[*]}"
  DEBIAN_FRONTEND=noninteractive "${install[@]}" >&2 </dev/null ||
    stop "$EXIT_PREREQUISITE" "The installation failed; see above."
}

# --- browser ---------------------------------------------------------------------------------------------------

first_program() {
  local program
  for program in "$@"; do
    if [ -n "$program" ] && command -v "$program" >/dev/null 2>&1; then
      return 0
    fi
  done
  return 1
}

# Chromium and its driver, as the Java side looks for them.
have_browser() {
  first_program "${MYRHIZA_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" &&
    first_program "${MYRHIZA_CHROMEDRIVER:-}" /usr/bin/chromedriver /usr/lib/chromium/chromedriver \
      /usr/local/bin/chromedriver /opt/homebrew/bin/chromedriver
}

need_browser() {
  have_browser || need_packages "Chromium and its driver are needed" chromium chromium-driver
  have_browser || stop "$EXIT_PREREQUISITE" "Chromium or its driver is still missing after the installation."
}

# --- Node ------------------------------------------------------------------------------------------------------

node_major() {
  local version
  version=$("$1" --version 2>/dev/null </dev/null) || return 1
  version=${version#v}
  printf '%s\n' "${version%%.*}"
}

# Puts a Node that is new enough first on the path, or says where to get one and exits 3.
use_node() {
  local folder major
  for folder in "${MYRHIZA_NODE_HOME:+$MYRHIZA_NODE_HOME/bin}" "$(dirname "$(command -v node || echo /none/node)")" \
    /usr/local/bin /opt/node*/bin /opt/homebrew/bin /usr/local/node*/bin \
    "${NVM_DIR:-${HOME:-/nonexistent}/.nvm}"/versions/node/*/bin "${HOME:-/nonexistent}"/.volta/bin; do
    [ -n "$folder" ] && [ -x "$folder/node" ] && [ -x "$folder/npm" ] || continue
    if major=$(node_major "$folder/node") && [ "$major" -ge "$NODE_WANTED" ]; then
      export PATH=$folder:$PATH
      return
    fi
  done
  say "Node $NODE_WANTED or more, with npm, is needed to build the apps and was not found."
  say "  Linux:   the packages nodejs and npm if new enough, or nvm (nvm install $NODE_WANTED)"
  say "  macOS:   brew install node"
  say "  Windows: winget install OpenJS.NodeJS.LTS, then run this in WSL or Git Bash"
  stop "$EXIT_PREREQUISITE" "If it is in an unusual place, put its folder on PATH."
}

# --- building --------------------------------------------------------------------------------------------------

use_maven() {
  if ! command -v mvn >/dev/null 2>&1; then
    need_packages "Maven is needed" maven
  fi
}

# Maven without a console, its output on standard error. The lines left out tell that a module has no classes of its
# own, which is so on purpose.
run_maven() {
  MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
    mvn -q -B -Dstyle.color=never "$@" 2>&1 </dev/null | sed $'s/\033\\[0m//g; /I\\/O error reading dependency state/d' >&2
}

# Runs a command and says how long it took: timed NAME COMMAND...
timed() {
  local name=$1 start=$SECONDS code=0
  shift
  say "$name ..."
  "$@" || code=$?
  say "$name: $((SECONDS - start)) s"
  return "$code"
}

# --- running Java ----------------------------------------------------------------------------------------------

# Native access: RocksDB, Netty's QUIC and Conscrypt bring native libraries.
java_flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC)

# A peer's memory is what it keeps, not what it makes and drops: a third of the heap for new objects is too much.
peer_flags=(-XX:MaxNewSize=64m)

# For what does one thing and ends: the optimising compiler pays only for what stays up.
command_flags=(-XX:TieredStopAtLevel=1)

# Java starts more than twice as fast with its classes loaded and linked ahead of time, and compiles
# less when it knows how methods were used. Without the cache everything works all the same.
prepare_starts() { # prepare_starts CACHE CLASS_PATH
  local folder
  folder=$(mktemp -d) || return 0
  "$JAVA_HOME/bin/java" "${java_flags[@]}" -XX:AOTCacheOutput="$1" -cp "$2" \
    org.myrhiza.cli.Rehearsal "$root/apps/target" "$folder" \
    >/dev/null 2>&1 || say 'Java cannot keep its classes; commands start more slowly.'
  rm -rf "$folder"
}
