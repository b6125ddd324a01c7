import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Gives what its process was started with. */
public class Handler implements RequestHandler<Map<String, Integer>, Map<String, Object>> {
  @Override
  public Map<String, Object> handleRequest(Map<String, Integer> event, Context context) {
    if (event.containsKey("exit")) {
      System.exit(event.get("exit"));
    }
    return Map.of(
        "environment", System.getenv(), "command", command(), "pid", ProcessHandle.current().pid());
  }

  private static List<String> command() {
    try {
      return List.of(Files.readString(Path.of("/proc/self/cmdline")).split("\0"));
    } catch (IOException error) {
      throw new IllegalStateException(error);
    }
  }
}
