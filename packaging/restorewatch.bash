# Bash completion of restorewatch. Held to `restorewatch --help` by tests/build/manual_test.

_restorewatch() {
  local flags='--config.file --storage.path --web.listen-address --web.config.file
    --web.enable-lifecycle --log.level --log.format --version --help'
  local commands='check once targets explain verify report healthcheck'
  local current=${COMP_WORDS[COMP_CWORD]} flag=${COMP_WORDS[COMP_CWORD - 1]}
  local command='' word words=''
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ " $commands " == *" $word "* ]] && command=$word && break
  done

  # Bash takes "=" for a word of its own.
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $flag == '=' ]]; then
    flag=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  case $flag in
    --config.file | --storage.path | --web.config.file | --output)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return ;;
    --log.level) words='debug info warn error' ;;
    --log.format) words='logfmt json' ;;
    --format) [[ $command == report ]] && words='markdown csv json' || words='text json' ;;
    --table) words='restores downloads clusters gaps rules about' ;;
    --web.listen-address | --expect-head | --since | --until | --project | --cluster) return ;;
    *)
      case $command in
        '') words="$flags $commands" ;;
        targets) words="$flags --probe --format" ;;
        verify) words="$flags --expect-head" ;;
        report) words="$flags --since --until --format --table --project --cluster --output" ;;
        *) words=$flags ;;
      esac ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -F _restorewatch restorewatch
