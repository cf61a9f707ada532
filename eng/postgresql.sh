# shellcheck shell=sh
# Sourced by run and test: finds PostgreSQL server binaries, or installs them from the distribution.
# Needs contrib too: the constraints of the register use btree_gist.

oldest_postgresql=15

# Prints the folder of the newest usable initdb and postgres; fails when there is none.
find_postgresql() {
    if [ -n "${CREDIT_PG_BIN:-}" ]; then
        [ -x "$CREDIT_PG_BIN/initdb" ] && [ -x "$CREDIT_PG_BIN/postgres" ] && printf '%s\n' "$CREDIT_PG_BIN" && return 0
        return 1
    fi
    best_major=0
    best_folder=
    on_path=$(command -v initdb || true)
    for folder in ${on_path:+"$(dirname "$on_path")"} \
        /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql* /usr/local/pgsql/bin \
        /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin; do
        [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] || continue
        major=$("$folder/postgres" --version 2>/dev/null | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p')
        if [ -n "$major" ] && [ "$major" -ge "$oldest_postgresql" ] && [ "$major" -gt "$best_major" ]; then
            best_major=$major
            best_folder=$folder
        fi
    done
    [ -n "$best_folder" ] && printf '%s\n' "$best_folder"
}

# Runs a command as root, if that is possible without asking anybody.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

install_postgresql() {
    as_root true || return 1
    if command -v apt-get >/dev/null 2>&1; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q || true
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql-common || return 1
        # Debian would create and start a cluster of the system's, which nobody here wants.
        [ ! -f /etc/postgresql-common/createcluster.conf ] ||
            as_root sed -i 's/^#* *create_main_cluster *=.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql
    elif command -v dnf >/dev/null 2>&1; then
        as_root dnf -qy module enable postgresql:16 >/dev/null 2>&1 || true
        as_root dnf -qy install postgresql-server postgresql-contrib
    elif command -v apk >/dev/null 2>&1; then
        for major in 17 16 15; do
            as_root apk add --no-cache "postgresql$major" "postgresql$major-contrib" && return 0
        done
        return 1
    else
        return 1
    fi </dev/null >&2
}

# Leaves the folder of the binaries in $postgresql, installing them where they are missing.
need_postgresql() {
    postgresql=$(find_postgresql) && return 0
    # Whoever names a folder wants that one, and no other installed.
    if [ -z "${CREDIT_PG_BIN:-}" ]; then
        echo "正在从发行版安装 PostgreSQL… Installing PostgreSQL from the distribution…" >&2
        install_postgresql || true
        postgresql=$(find_postgresql) && return 0
    fi
    cat >&2 <<MESSAGE
需要 PostgreSQL $oldest_postgresql 或更高版本的服务端程序，本机没有且无法自动安装。请任选其一：
  Debian/Ubuntu:  sudo apt-get install postgresql
  Fedora/RHEL:    sudo dnf install postgresql-server postgresql-contrib
  Alpine:         apk add postgresql17 postgresql17-contrib
  其他位置的程序：  CREDIT_PG_BIN=<initdb 所在目录> ./run
  已有的服务器：    ./run --ConnectionStrings:Credit="Host=…;Username=…;Password=…;Database=…"
The server binaries of PostgreSQL $oldest_postgresql or later are needed; they are not here and could not be installed. Choose one:
  Debian/Ubuntu:       sudo apt-get install postgresql
  Fedora/RHEL:         sudo dnf install postgresql-server postgresql-contrib
  Alpine:              apk add postgresql17 postgresql17-contrib
  binaries elsewhere:  CREDIT_PG_BIN=<folder of initdb> ./run
  an existing server:  ./run --ConnectionStrings:Credit="Host=…;Username=…;Password=…;Database=…"
MESSAGE
    return 1
}

need_dotnet() {
    # A home to unpack into, which a bare container may lack.
    [ -n "${HOME:-}" ] && [ -w "${HOME:-/nowhere}" ] || { HOME=${TMPDIR:-/tmp}/credit-home-$(id -u); mkdir -p "$HOME"; export HOME; }
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
    command -v dotnet >/dev/null 2>&1 || PATH=$PATH:$HOME/.dotnet:/usr/share/dotnet:/usr/lib/dotnet
    # In the repository's folder, so that global.json decides.
    if (cd "$1" && dotnet --version) >/dev/null 2>&1; then
        return 0
    fi
    cat >&2 <<'MESSAGE'
需要 .NET SDK 10（见 global.json）：https://dotnet.microsoft.com/download/dotnet/10.0
The .NET SDK 10 is needed (see global.json): https://dotnet.microsoft.com/download/dotnet/10.0
MESSAGE
    return 1
}
