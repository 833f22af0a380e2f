package dev.aftertouch.enrollment.importing;

import dev.aftertouch.enrollment.importing.ImportJobs.Answer;
import dev.aftertouch.enrollment.importing.ImportJobs.Report;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
class ImportController {
  private static final int LARGEST_FILE = 10 * 1024 * 1024;

  private final ImportJobs importJobs;

  ImportController(ImportJobs importJobs) {
    this.importJobs = importJobs;
  }

  @PostMapping(
      path = "/api/jobs/import",
      consumes = {"text/csv", MediaType.APPLICATION_OCTET_STREAM_VALUE})
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  ResponseEntity<Report> importBody(
      @RequestBody byte[] file,
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      CurrentUser user) {
    return answer(file, dryRun, user);
  }

  @PostMapping(path = "/api/jobs/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  ResponseEntity<Report> importUpload(
      @RequestParam("file") MultipartFile file,
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      CurrentUser user)
      throws IOException {
    return answer(file.getBytes(), dryRun, user);
  }

  private ResponseEntity<Report> answer(byte[] file, boolean dryRun, CurrentUser user) {
    if (file.length > LARGEST_FILE) {
      throw refused("file_too_large", "A file may have at most 10 MB. Split it.");
    }
    return switch (importJobs.importCsv(user.businessId(), file, dryRun)) {
      case Answer.Reported reported ->
          ResponseEntity.status(dryRun ? HttpStatus.OK : HttpStatus.ACCEPTED)
              .body(reported.report());
      case Answer.Refused refused -> throw refused(refused.code(), refused.explanation());
    };
  }

  private static RefusedException refused(String code, String explanation) {
    return new RefusedException(
        Problems.of(
            HttpStatus.UNPROCESSABLE_CONTENT, code, "The file cannot be imported", explanation));
  }
}
